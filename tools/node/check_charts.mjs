// check_charts.mjs FILE: test the charts in FILE, one a line: {name, kind, lang, spec, cells, ...} as tools/check_charts writes them.  TAP output.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { draw, textWidth, view as viewOf } from './draw.mjs';

const require = createRequire(join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'build', 'node', 'package.json'));
const Ajv = require('ajv');
const schema = JSON.parse(readFileSync(require.resolve('vega-lite/build/vega-lite-schema.json'), 'utf8'));
const valid = new Ajv({ strict: false, validateFormats: false, allErrors: false }).compile(schema);

let tests = 0;
let failed = false;
function ok(problems, name) {
	const good = problems.length === 0;
	failed ||= !good;
	console.log(`${good ? 'ok' : 'not ok'} ${++tests} - ${name.replace(/#/g, '\\#')}`);
	for (const p of problems.slice(0, 8)) console.log(`# ${p}`);
}

// Every item of the scene with where it is, and the axis, legend or mark that it belongs to.
function items(scene) {
	const found = [];
	const walk = (mark, x, y, within) => {
		const here = mark.role && mark.role !== 'frame' && mark.role !== 'scope' ? { role: mark.role, up: within } : within;
		for (const item of mark.items ?? []) {
			if (mark.marktype === 'group') {
				const inside = { ...here, orient: item.orient ?? here?.orient, group: item };
				for (const child of item.items ?? []) walk(child, x + (item.x ?? 0), y + (item.y ?? 0), inside);
			} else {
				const b = item.bounds;
				found.push({ item, type: mark.marktype, role: mark.role, orient: within?.orient, roles: chain(here),
					left: x + b.x1, right: x + b.x2, top: y + b.y1, bottom: y + b.y2, x, y });
			}
		}
	};
	const chain = (h) => { const r = []; for (; h; h = h.up) r.push(h.role); return r; };
	walk(scene.root, 0, 0, undefined);
	return found;
}

const bare = (s) => String(Array.isArray(s) ? s.join('') : s ?? '').replace(/\(n = [\d,.]+\)$/, '').replace(/\s/g, '');
// A label is shown in full, or cut with an ellipsis.
const shows = (text, label) => { const t = bare(text), l = bare(label); return t === l || (t.endsWith('...') && t.length > 6 && l.startsWith(t.slice(0, -3))); };
const near = (a, b, tolerance) => Math.abs(a - b) <= tolerance;

function luminance(colour) {
	const c = /^#([0-9a-f]{6})$/i.test(colour) ? [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16)) : (colour.match(/\d+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
	const [r, g, b] = c.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(a, b) {
	const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
	return (x + 0.05) / (y + 0.05);
}

// The cells that the chart must show: rows and columns as they stand in its data.
function expected(test) {
	let cells = test.cells.map((c) => (test.turned ? { ...c, row: c.col, row_label: c.col_label, col: c.row, col_label: c.row_label } : c));
	const cols = [...new Set(cells.map((c) => c.col))];
	const sets = test.spec.data.values.length > 0 && /respondents|回答者/.test(test.spec.description);
	if (test.kind === 'dot' && cols.length === 2 && !sets) cells = cells.filter((c) => c.col === cols[1]);
	return { cells, sets };
}

function checkCells(test, view, all) {
	const problems = [];
	const { cells, sets } = expected(test);
	const marks = all.filter((i) => ['rect', 'symbol'].includes(i.type) && i.role === 'mark' && i.item.datum?.row !== undefined);
	const x = test.kind === 'heatmap' || test.kind === 'residuals' ? null : view.scale('x');
	const outside = test.kind === 'grouped' && sets ? 'col' : 'row';
	const labels = all.filter((i) => i.role === 'axis-label' && i.orient === 'left');
	const tops = all.filter((i) => i.role === 'axis-label' && i.orient === 'top');
	const words = all.filter((i) => i.type === 'text' && i.role !== 'mark');
	const total = cells.reduce((s, c) => s + c.n, 0);
	if (new Set(marks.map((m) => `${m.item.datum.row}\t${m.item.datum.col}`)).size > cells.length) problems.push('more cells are drawn than there are');
	for (const c of cells) {
		const key = `${c.row} ${c.col ?? ''}`;
		const mine = marks.filter((m) => m.item.datum.row === c.row && (c.col === null || m.item.datum.col === c.col));
		if (c.pct === null && mine.length === 0) continue;
		if (mine.length !== 1) { problems.push(`${key}: drawn ${mine.length} times`); continue; }
		const [mark] = mine;
		const { item } = mark;
		if (!near(Number(item.datum.n), c.n, 1e-9 * Math.max(1, c.n))) problems.push(`${key}: n is ${item.datum.n}, not ${c.n}`);
		// The size of the mark is the percentage.
		if (c.pct !== null && x !== null) {
			const seen = mark.type === 'symbol' ? x.invert(item.x) : x.invert(item.x + item.width) - x.invert(item.x);
			if (!near(seen, c.pct, 0.02)) problems.push(`${key}: ${seen} % is drawn, not ${c.pct}`);
		} else if (c.pct !== null) {
			const value = test.kind === 'residuals' ? test.residuals[`${c.row}\t${c.col}`].adj_residual : c.pct;
			const fill = value === null ? null : view.scale('color')(value);
			if (fill !== null && Math.abs(luminance(fill) - luminance(item.fill)) > 0.005) problems.push(`${key}: filled ${item.fill}, not ${fill} for ${value}`);
		}
		if (test.kind === 'mosaic') {
			const all_height = marks.filter((m) => m.item.datum.col === c.col).reduce((s, m) => s + m.item.height, 0);
			const area = (item.width / view.width()) * (item.height / all_height);
			if (!near(area, c.n / total, 0.0005)) problems.push(`${key}: its tile has the share ${area} of the area, not ${c.n / total}`);
			const { residual } = test.residuals[`${c.row}\t${c.col}`];
			const shade = residual < -4 ? 0 : residual < -2 ? 1 : residual < 2 ? 2 : residual < 4 ? 3 : 4;
			if (residual !== null && item.fill !== view.scale('color').range()[shade]) problems.push(`${key}: shaded ${item.fill} for a residual of ${residual}`);
		}
		// The label stands at the mark.
		const wanted = c[`${outside}_label`];
		const label = labels.find((l) => shows(l.item.text, wanted) && (test.kind === 'mosaic' || (mark.top + mark.bottom) / 2 > l.top - 60 && (mark.top + mark.bottom) / 2 < l.bottom + 60));
		if (!label) problems.push(`${key}: no label ${wanted}`);
		else if (test.kind !== 'mosaic' && test.kind !== 'grouped' && !near((label.top + label.bottom) / 2, (mark.top + mark.bottom) / 2, 5)) problems.push(`${key}: its label is not beside it`);
		if (c.col !== null && !(test.kind === 'dot' && words.every((w) => !shows(w.item.text, c.col_label)) && new Set(cells.map((d) => d.col)).size === 1)) {
			const other = outside === 'row' ? 'col' : 'row';
			const name = words.filter((w) => shows(w.item.text, c[`${other}_label`]));
			if (name.length === 0) problems.push(`${key}: ${c[`${other}_label`]} is not named`);
			const legend = all.find((i) => i.role === 'legend-symbol' && i.item.datum.value === c[other]);
			if (['stacked', 'diverging', 'grouped'].includes(test.kind) && (!legend || (legend.item.fill ?? legend.item.stroke) !== item.fill)) problems.push(`${key}: not in the colour of the legend`);
			if (['heatmap', 'residuals'].includes(test.kind) && !tops.some((t) => shows(t.item.text, c.col_label))) problems.push(`${key}: no label above`);
		}
	}
	// In the order of the table, off-scale answers last; names alone without an order the most frequent first.
	if (test.kind !== 'mosaic') {
		let codes = [...new Set(cells.map((c) => c[outside]))];
		if (outside === 'row') codes = [...codes.filter((c, i) => !test.off_scale[i]), ...codes.filter((c, i) => test.off_scale[i])];
		if (test.by_count) codes.sort((a, b) => cells.find((c) => c.row === b).n - cells.find((c) => c.row === a).n);
		const wanted = codes.map((code) => cells.find((c) => c[outside] === code)[`${outside}_label`]);
		const seen = labels.slice(0, codes.length).sort((a, b) => a.top - b.top);
		if (labels.length % codes.length !== 0) problems.push(`the axis has ${labels.length} labels, the table ${codes.length} categories`);
		wanted.forEach((label, i) => { if (!seen[i] || !shows(seen[i].item.text, label)) problems.push(`label ${i + 1} is not ${label}`); });
	}
	return problems;
}

function checkReadable(test, svg, all, width) {
	const problems = [];
	const texts = all.filter((i) => i.type === 'text' && bare(i.item.text) !== '' && (i.item.opacity ?? 1) > 0);
	const [, w, h] = svg.match(/^<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/).map(Number);
	const [, x0, y0] = svg.match(/transform="translate\(([\d.-]+),([\d.-]+)\)"/).map(Number);
	if (test.spec.facet === undefined && w > width + 1) problems.push(`the picture is ${w} pixels wide, not ${width}`);
	for (const t of texts) {
		if (t.left + x0 < -1 || t.right + x0 > w + 1 || t.top + y0 < -1 || t.bottom + y0 > h + 1) problems.push(`“${t.item.text}” leaves the picture: ${t.left + x0}, ${t.right + x0} of ${w}`);
		if (/null|undefined|NaN/.test(String(t.item.text))) problems.push(`a text says ${t.item.text}`);
	}
	// Texts of one kind do not lie on each other; slanted ones may share a bounding box.
	const straight = texts.filter((t) => !(t.item.angle > 0 && t.item.angle < 360));
	for (let i = 0; i < straight.length; i++)
		for (let j = i + 1; j < straight.length; j++) {
			const a = straight[i], b = straight[j];
			const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
			if (across > 2 && down > 3) problems.push(`“${a.item.text}” and “${b.item.text}” lie on each other, ${across} x ${down}`);
		}
	// Figures upon areas: inside them, and in contrast to them.
	if (['stacked', 'diverging', 'heatmap', 'residuals', 'mosaic'].includes(test.kind)) {
		const areas = all.filter((i) => i.type === 'rect' && i.role === 'mark' && i.item.datum?.row !== undefined);
		for (const t of texts.filter((i) => i.role === 'mark')) {
			const area = areas.find((a) => a.item.datum.row === t.item.datum.row && a.item.datum.col === t.item.datum.col);
			if (!area) { if (t.item.text !== '–') problems.push(`${t.item.text} stands on nothing`); continue; }
			if (t.left < area.left - 1 || t.right > area.right + 1 || t.bottom > area.bottom + 3) problems.push(`${t.item.text} is wider than its area`);
			if (contrast(t.item.fill, area.item.fill) < 4.5) problems.push(`${t.item.text}: ${t.item.fill} on ${area.item.fill}`);
		}
	}
	return problems;
}

for (const line of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean)) {
	const test = JSON.parse(line);
	const { spec, name } = test;
	const width = typeof spec.width === 'number' ? spec.width : 640;
	ok(valid(spec) ? [] : valid.errors.map((e) => `${e.instancePath} ${e.message}`), `${name}: valid`);

	const problems = [];
	const options = { width, warn: (message) => problems.push(String(message)) };
	let view, svg;
	try {
		svg = await draw(spec, options);
		view = await viewOf(spec, options);
	} catch (e) { problems.push(e.stack); }
	if (/https?:/.test(JSON.stringify({ ...spec, $schema: '' }))) problems.push('an address beyond $schema');
	if (!/n = \d/.test(spec.description ?? '')) problems.push('no description');
	ok(problems, `${name}: drawn without a warning`);
	if (!view) continue;

	const all = items(view.scenegraph());
	if (test.kind === 'empty') {
		ok(all.some((i) => i.type === 'text' && i.item.text === 'No answers') ? [] : ['it does not say so'], `${name}: says so`);
	} else if (test.cells.length > 0) ok(checkCells(test, view, all), `${name}: every cell is where it should be`);
	else ok(all.some((i) => ['rect', 'symbol'].includes(i.type) && i.role === 'mark') ? [] : ['nothing is drawn'], `${name}: something is drawn`);
	ok(checkReadable(test, svg, all, width), `${name}: can be read`);
	view.finalize();
}
console.log(`1..${tests}`);
process.exit(failed ? 1 : 0);
