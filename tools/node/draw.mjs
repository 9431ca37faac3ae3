// draw.mjs: a Vega-Lite specification to SVG, without a browser.
//
//   import { draw } from './draw.mjs';
//   const svg = await draw(spec, { width: 640 });
//
// width stands for the page where the specification says "container".  As a program it reads a specification from standard input and writes
// the SVG: node tools/node/draw.mjs [WIDTH] < spec.json > chart.svg
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';

// The packages are where tools/setup node puts them.
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, '..', '..', 'build', 'node', 'package.json'));
export const vega = require('vega');
export const vegaLite = require('vega-lite');

// Widths of text in ems, on the wide side of common sans-serif fonts: without a canvas Vega takes 0.8 em for any character.
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const narrow = /[\s!'(),.:;\[\]ijlft|]/;
const broad = /[mwA-Z@%&+=×]/;
export function textWidth(text, size) {
	let ems = 0;
	for (const c of String(text ?? '')) ems += wide.test(c) ? 1 : narrow.test(c) ? 0.37 : broad.test(c) ? 0.8 : 0.63;
	return ems * size;
}
vega.textMetrics.width = (item, text) => textWidth(text, vega.fontSize(item));

function fail(message) { throw new Error(message); }

// What Vega-Lite and Vega warn of is given to `warn`: by default an error.
function logger(warn = fail) {
	return { level() { return this; }, error: warn, warn, info() { return this; }, debug() { return this; } };
}

export function compile(spec, { width = 640, warn } = {}) {
	return vegaLite.compile(spec.width === 'container' ? { ...spec, width } : spec, { logger: logger(warn) }).spec;
}

// A static picture loads nothing.
const refuse = async (uri) => fail(`the specification refers to ${uri}`);

export async function view(spec, options = {}) {
	const options_of_view = { renderer: 'none', logger: logger(options.warn), loader: { load: refuse, sanitize: refuse } };
	return new vega.View(vega.parse(compile(spec, options)), options_of_view).runAsync();
}

// Names of gradients and clips are made the picture's own, so that several can stand in one page.
function ownNames(svg, spec) {
	const own = createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 8);
	return svg.replace(/ id="((?:gradient|clip)[^"]*)"/g, ` id="$1_${own}"`).replace(/url\(#((?:gradient|clip)[^)]*)\)/g, `url(#$1_${own})`);
}

export async function draw(spec, options = {}) {
	const drawn = await view(spec, options);
	try { return ownNames(await drawn.toSVG(), spec); } finally { drawn.finalize(); }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
	const width = Number(process.argv[2] ?? 640);
	process.stdout.write(await draw(JSON.parse(readFileSync(0, 'utf8')), { width }) + '\n');
}
