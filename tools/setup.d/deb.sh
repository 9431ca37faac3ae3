# Building the Debian package, checking it, and a clean machine to install it on.

missing_deb()
{
	have dpkg-buildpackage || echo dpkg-dev
	have dh || echo debhelper
	have pg_buildext || echo pg_buildext
	have git || echo git
	have lintian || echo lintian
	have debootstrap || echo debootstrap
	have unshare || echo unshare
}

install_deb() { apt_install build-essential dpkg-dev debhelper git lintian debootstrap util-linux postgresql-server-dev-all; }
