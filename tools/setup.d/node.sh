# Vega and Vega-Lite, which draw the charts, with node's PostgreSQL driver and Playwright for the tests: the versions of
# tools/node/package-lock.json, in build/node.

node_packages() { [ -f build/node/installed ] && cmp -s tools/node/package-lock.json build/node/package-lock.json; }

missing_node()
{
	have node || echo node
	have npm || echo npm
	node_packages || echo 'Vega and Vega-Lite'
}

install_node()
{
	have node || apt_install nodejs
	have npm || apt_install npm
	rm -rf build/node && mkdir -p build/node && cp tools/node/package*.json build/node/
	quietly npm --prefix build/node ci --ignore-scripts --no-audit --no-fund
	touch build/node/installed
}
