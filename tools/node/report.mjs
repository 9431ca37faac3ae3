// report.mjs: the pieces of report(wave, lang), a JSON array on standard input, as one HTML file on standard output: no script, nothing to load.
// Each chart comes twice, as chart and, for a phone, as phone; the style sheet shows the one that fits.  tools/report asks for the pieces.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { draw } from './draw.mjs';

const words = {
	ja: { contents: '目次', skip: '本文へ', data: '表で見る', options: '選択肢を見る', source: '出典：', note: '注：', none: '–', top: '目次へ戻る',
		made_up: '架空の回答による報告書です。実在の組織の回答ではありません。', made: 'csirtsurvey の report() による。', scroll: '（横に動かせる表）' },
	en: { contents: 'Contents', skip: 'Skip to the content', data: 'Show the table', options: 'Show the options', source: 'Source: ', note: 'Note: ', none: '–', top: 'Back to the contents',
		made_up: 'A report of made-up answers. They are no organisation\'s.', made: 'Made by report() of csirtsurvey.', scroll: ' (a table that scrolls sideways)' },
};

const lang = process.argv[2] === 'en' ? 'en' : 'ja';
const say = words[lang];
const japanese = /[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+(?:[\s\d.,%~]*[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+)*/g;

const escape = (s) => String(s).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);

// Text: escaped, with the language of what is in the other one, and addresses as links.
function text(s) {
	let html = escape(s ?? '');
	if (lang === 'en') html = html.replace(japanese, (run) => `<span lang="ja">${run}</span>`);
	else if (html.split(' ').length > 4 && html.search(japanese) < 0) html = `<span lang="en">${html}</span>`;
	return html.replace(/https?:\/\/[\w.~:/?#@!$&*+=%-]+[\w/]/g, (url) => `<a href="${url}" rel="noreferrer">${url}</a>`);
}

const grouped = (n) => Number(n).toLocaleString('en-US');
const p_value = (p) => (p < 0.001 ? '<0.001' : Number(p).toFixed(3));
const state = { agrees: ['yes', '✓'], disagrees: ['no', '✗'], 'cannot be recomputed': ['open', '–'] };

function format(value, type, row) {
	if (type === 'verdict') {
		const [name, sign] = state[row.state] ?? ['open', ''];
		return `<span class="verdict ${name}"><span aria-hidden="true">${sign}</span> ${text(value)}</span>`;
	}
	if (value === undefined || value === null) return say.none;
	if (type === 'count') return grouped(value);
	if (type === 'pct') return Number(value).toFixed(1);
	if (type === 'number') return Number(value).toFixed(2);
	if (type === 'p') return p_value(value);
	return text(value);
}

const numeric = new Set(['count', 'pct', 'number', 'p', 'interval']);

function table(piece, caption) {
	const { columns, rows, total, missing } = piece.data;
	const groups = columns.some((c) => c.of);
	let head = '';
	if (groups) {
		// A count and its percentage stand below one heading.
		let second = '';
		head = '<tr>' + columns.map((c, i) => {
			if (c.of) { second += `<th scope="col" class="num">%</th>`; return ''; }
			const pair = columns[i + 1]?.of;
			if (pair) second += `<th scope="col" class="num">n</th>`;
			return pair ? `<th scope="colgroup" colspan="2">${text(c.title)}</th>` : `<th scope="col" rowspan="2"${numeric.has(c.type) ? ' class="num"' : ''}>${text(c.title)}</th>`;
		}).join('') + `</tr><tr>${second}</tr>`;
	} else {
		head = '<tr>' + columns.map((c) => `<th scope="col"${numeric.has(c.type) ? ' class="num"' : ''}>${text(c.title)}</th>`).join('') + '</tr>';
	}
	const line = (row) => '<tr>' + columns.map((c) => {
		const value = format(row[c.name], c.type, row);
		if (c.type === 'head') return `<th scope="row">${value}</th>`;
		return `<td${numeric.has(c.type) ? ' class="num"' : c.type === 'mark' ? ' class="mark"' : ''}>${c.type === 'mark' && value === say.none ? '' : value}</td>`;
	}).join('') + '</tr>';
	const foot = [total, missing].filter(Boolean).map((row) => '<tr>' + columns.map((c) => {
		if (c.type === 'head') return `<th scope="row">${text(row.label)}</th>`;
		return `<td${numeric.has(c.type) ? ' class="num"' : ''}>${row[c.name] === undefined ? '' : format(row[c.name], c.type, row)}</td>`;
	}).join('') + '</tr>').join('');
	const label = escape(piece.title + say.scroll);
	// Only a table that may be wider than a phone is a stop for the keyboard.
	const region = columns.length > 6 || columns.some((c) => c.type === 'p' || c.name === 'printed') ? `<div class="scroll wide-table" role="region" tabindex="0" aria-label="${label}">` : '<div class="scroll">';
	return `${region}<table><caption${caption ? '' : ' class="unseen"'}>${text(piece.title)}</caption>`
		+ `<thead>${head}</thead><tbody>${rows.map(line).join('')}</tbody>${foot ? `<tfoot>${foot}</tfoot>` : ''}</table></div>`;
}

// A drawing for inside the page: one image to a screen reader, no identifiers that repeat, the page's fonts.
let drawings = 0;
async function picture(piece, chart, name) {
	const key = `c${++drawings}-`;
	const svg = await draw(chart);
	return svg
		.replace(/ (?:role|aria-[a-z]+|font-family|xmlns:xlink|version)="[^"]*"/g, '')
		.replace(/ class="([^"]*)"/g, (all, names) => (/ role-mark /.test(names) ? ` class="${names.split(' ')[0]}"` : ''))
		.replace(/(\d+\.\d{2})\d+/g, '$1')
		.replace(/ pointer-events="none"| opacity="1"/g, '').replace(/<path d="" display="none"\/>/g, '')
		.replace(/ id="([^"]*)"/g, ` id="${key}$1"`).replace(/url\(#([^)]*)\)/g, `url(#${key}$1)`).replace(/ href="#([^"]*)"/g, ` href="#${key}$1"`)
		.replace(/^<svg/, `<svg class="${name}" role="img" aria-label="${escape(piece.description ?? piece.title)}"`);
}

// What a caption adds to the heading above: the rest is for readers who jump from figure to figure.
function caption(piece, heading) {
	if (piece.section !== 'appendix' || !piece.title.startsWith(heading)) return text(piece.title);
	const rest = piece.title.slice(heading.length).replace(/^[：:\s]+/, '').replace(/^[（(]\s*(n = \d+)\s*[）)]$/, '$1');
	return `<span class="unseen">${text(heading)} </span>${text(rest)}`;
}

async function figure(piece, id, heading) {
	const appendix = piece.section === 'appendix';
	const notes = (piece.note ? `<p class="note"><span class="tag">${say.note}</span>${text(piece.note)}</p>` : '')
		+ (piece.source ? `<p class="note"><span class="tag">${say.source}</span>${text(piece.source)}</p>` : '');
	if (piece.kind === 'table') {
		if (piece.data.known === false)
			return `<div class="block unknown">${piece.part === 'answer' ? '' : `<p class="caption">${caption(piece, heading)}</p>`}${notes}`
				+ (piece.data.rows.length ? `<details><summary>${say.options}</summary>${table(piece, false)}</details>` : '') + '</div>';
		return `<div class="block" id="${id}">${table(piece, !(appendix && piece.part === 'answer'))}${notes}</div>`;
	}
	const drawn = `<div class="drawing">${await picture(piece, piece.phone, 'narrow')}${await picture(piece, piece.chart, 'wide')}</div>`;
	const data = appendix ? table(piece, false) : `<details><summary>${say.data}</summary>${table(piece, false)}</details>`;
	return `<figure class="${appendix ? 'block pair' : 'block'}" id="${id}" data-question="${escape(piece.question ?? '')}" data-part="${escape(piece.part ?? '')}"><figcaption>${caption(piece, heading)}</figcaption>`
		+ `${drawn}<div class="data">${data}${notes}</div></figure>`;
}

function cover(piece) {
	const rows = piece.data.rows;
	const large = rows.filter((r) => /^[\d.,]+%?$/.test(r.value));
	const small = rows.filter((r) => !large.includes(r));
	return `<header class="cover"><p class="kicker">csirtsurvey</p><h1>${text(piece.title)}</h1><p class="lead">${text(piece.body)}</p>`
		+ `<dl class="tiles">${large.map((r) => `<div><dt>${text(r.fact)}</dt><dd>${text(r.value)}</dd></div>`).join('')}</dl>`
		+ `<dl class="facts">${small.map((r) => `<div><dt>${text(r.fact)}</dt><dd>${text(r.value)}</dd></div>`).join('')}</dl></header>`;
}

const emphasis = (html) => html.replace(/(?<![\d.])\d+(?:\.\d+)?%/g, '<b>$&</b>');

const style = `
:root { --ink: #1b2733; --soft: #4a5560; --line: #d5dae0; --tint: #f3f6f9; --blue: #0b4f7d; }
* { box-sizing: border-box; }
html { font: 16px/1.7 "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic", YuGothic, Meiryo, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
	color: var(--ink); background: #fff; -webkit-text-size-adjust: 100%; scroll-behavior: smooth; }
html:lang(en) { font-family: "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic", Meiryo, sans-serif; line-height: 1.55; }
body { margin: 0; overflow-wrap: anywhere; }
a { color: var(--blue); }
:focus-visible { outline: 3px solid #d55e00; outline-offset: 2px; }
.skip { position: absolute; left: -999em; }
.skip:focus { left: 8px; top: 8px; padding: 8px 16px; background: #fff; z-index: 2; }
.page { max-width: 1264px; margin: 0 auto; padding: 0 16px 64px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cover { background: #0d3350; color: #fff; margin: 0 0 32px; padding: 40px max(16px, (100% - 1216px) / 2) 32px; }
.cover .kicker { margin: 0 0 8px; font-size: .8rem; letter-spacing: .12em; color: #bcd8ea; }
h1 { font-size: 1.65rem; line-height: 1.35; margin: 0 0 12px; text-wrap: balance; }
.lead { margin: 0 0 24px; font-size: 1.05rem; color: #e4eef5; }
.cover dl { margin: 0; }
.tiles { display: flex; flex-wrap: wrap; gap: 12px 40px; padding-bottom: 20px; }
.tiles dt, .facts dt { font-size: .82rem; color: #bcd8ea; }
.tiles dd { margin: 0; font-size: 2.2rem; line-height: 1.2; font-weight: 700; font-variant-numeric: tabular-nums; }
.facts { border-top: 1px solid #3c6483; padding-top: 16px; display: grid; gap: 10px 32px; }
.facts dd { margin: 0; }
.cover a { color: #fff; }
.warning { margin: 0 0 24px; padding: 12px 16px; border: 2px solid #a33b00; background: #fff4ec; font-weight: 700; }
nav { font-size: .92rem; border: 1px solid var(--line); padding: 12px 16px; margin: 0 0 32px; }
nav h2 { font-size: .95rem; margin: 0 0 6px; padding: 0; border: 0; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav ol ol { padding-left: 1em; }
nav a { display: block; padding: 4px 0; text-decoration: none; }
nav a:hover { text-decoration: underline; }
h2 { font-size: 1.4rem; line-height: 1.35; margin: 56px 0 16px; padding-top: 16px; border-top: 3px solid #0d3350; }
h3 { font-size: 1.15rem; margin: 40px 0 8px; padding: 8px 12px; background: var(--tint); }
h4 { font-size: 1.02rem; line-height: 1.5; margin: 36px 0 4px; }
main > section:first-of-type h2 { margin-top: 0; }
main p { margin: 0 0 12px; max-width: 46em; }
.findings { padding-left: 1.4em; margin: 0; }
.findings li { margin: 0 0 12px; padding-left: 4px; max-width: 46em; }
.findings li::marker { font-weight: 700; color: var(--blue); }
.about { color: var(--soft); font-size: .92rem; }
.block { margin: 16px 0 32px; }
figcaption, caption, .caption { font-weight: 700; text-align: left; padding: 0 0 8px; }
:lang(ja) :is(h1, h2, h3, h4, nav, figcaption, caption, thead) { word-break: auto-phrase; }
.drawing svg { display: block; max-width: 100%; height: auto; }
.drawing text { font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", Meiryo, "Liberation Sans", Arial, sans-serif; }
.drawing .wide { display: none; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; overflow-wrap: break-word; font-size: .88rem; line-height: 1.45; width: 100%; }
th, td { padding: 5px 8px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { border-bottom: 2px solid var(--soft); font-weight: 700; vertical-align: bottom; }
thead th[colspan] { border-bottom: 1px solid var(--line); }
tfoot th, tfoot td { border-bottom: 0; color: var(--soft); }
tbody th { min-width: 8em; }
.wide-table tbody th { min-width: 16em; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.mark { white-space: nowrap; }
.note { font-size: .82rem; color: var(--soft); margin: 8px 0 0; }
.tag { font-weight: 700; }
details { margin: 8px 0 0; }
summary { cursor: pointer; color: var(--blue); padding: 6px 0; width: fit-content; }
.unknown { color: var(--soft); }
.verdict { white-space: nowrap; }
.verdict.no { font-weight: 700; color: #a33b00; }
.verdict.yes { color: #00583f; }
.verdict.open { color: var(--soft); }
footer { margin-top: 48px; border-top: 1px solid var(--line); padding-top: 12px; font-size: .82rem; color: var(--soft); }
@media (min-width: 700px) {
	.drawing .wide { display: block; }
	.drawing .narrow { display: none; }
	.cover { padding-top: 64px; padding-bottom: 40px; }
	h1 { font-size: 2.3rem; }
	.facts { grid-template-columns: 1fr 1fr; }
}
@media (min-width: 1000px) {
	.pair { display: grid; grid-template-columns: 472px minmax(0, 1fr); column-gap: 24px; }
	.pair figcaption { grid-column: 1 / 3; }
	.page { padding-left: 24px; padding-right: 24px; }
	.cover { padding-left: max(24px, (100% - 1216px) / 2); padding-right: max(24px, (100% - 1216px) / 2); }
}
@media (min-width: 1240px) {
	.columns { display: grid; grid-template-columns: 224px minmax(0, 944px); column-gap: 48px; align-items: start; }
	nav { position: sticky; top: 16px; border: 0; padding: 0; max-height: calc(100vh - 32px); overflow-y: auto; }
}
@page { size: A4; margin: 16mm 14mm; }
@media print {
	html { font-size: 10pt; }
	nav, .skip, .top { display: none; }
	.page { padding: 0; max-width: none; }
	.cover { color: #000; background: none; margin: 0 0 12mm; padding: 30mm 0 8mm; border-bottom: 2pt solid #000; }
	.cover .kicker, .lead, .tiles dt, .facts dt { color: #333; }
	.cover a, a { color: #000; text-decoration: none; }
	.columns { display: block; }
	.drawing .wide { display: block; }
	.drawing .narrow { display: none; }
	.pair { display: grid; grid-template-columns: 55% minmax(0, 1fr); column-gap: 6mm; }
	.pair figcaption { grid-column: 1 / 3; }
	figure, tr, .findings li { break-inside: avoid; }
	h2, h3, h4, figcaption, caption { break-after: avoid; }
	#s-appendix { break-before: page; }
	.scroll { overflow: visible; }
	.wide-table th, .wide-table td { padding: 2px 4px; font-size: 7pt; }
	.wide-table tbody th { min-width: 0; }
	details::details-content { content-visibility: visible; display: block; height: auto; opacity: 1; }
	summary { display: none; }
	thead { display: table-header-group; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;

const pieces = JSON.parse(readFileSync(0, 'utf8'));
if (!pieces?.length) { console.error('report.mjs: no pieces'); process.exit(1); }
const first = pieces[0];
const contents = [];
let body = '', list = false, opened = false, figures = 0, third = 0, heading = '';

for (const piece of pieces.slice(1)) {
	if (list && piece.kind !== 'text') { body += '</ol>'; list = false; }
	if (piece.kind === 'heading') {
		let id;
		heading = piece.title;
		if (piece.level === 2) { id = `s-${piece.section}`; contents.push({ id, title: piece.title, below: [] }); }
		else if (piece.level === 3) { id = `s-${piece.section}-${++third}`; contents[contents.length - 1].below.push({ id, title: piece.title }); }
		else id = `q-${piece.question.replace(/[^\w]/g, '-')}`;
		if (piece.level === 2) { body += `${opened ? '</section>' : ''}<section aria-labelledby="${id}">`; opened = true; }
		body += `<h${piece.level} id="${id}">${text(piece.title)}</h${piece.level}>`;
		if (piece.body) body += `<p class="about">${text(piece.body)}</p>`;
		if (piece.note) body += `<p class="note"><span class="tag">${say.note}</span>${text(piece.note)}</p>`;
	} else if (piece.kind === 'text') {
		if (piece.section === 'findings') {
			if (!list) { body += '<ol class="findings">'; list = true; }
			body += `<li>${emphasis(text(piece.body))}</li>`;
		} else body += `<p>${text(piece.body)}</p>`;
	} else body += await figure(piece, `figure-${++figures}`, heading);
}
if (list) body += '</ol>';
if (opened) body += '</section>';

const nav = `<nav aria-labelledby="contents"><h2 id="contents">${say.contents}</h2><ol>${contents.map((c) => `<li><a href="#${c.id}">${text(c.title)}</a>`
	+ (c.below.length ? `<ol>${c.below.map((d) => `<li><a href="#${d.id}">${text(d.title)}</a></li>`).join('')}</ol>` : '') + '</li>').join('')}</ol></nav>`;
const hash = createHash('sha256').update(style).digest('base64');

process.stdout.write(`<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escape(first.title)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">${say.skip}</a>
${cover(first)}
<div class="page">
${pieces.some((p) => p.synthetic) ? `<p class="warning" role="note">${say.made_up}</p>` : ''}
<div class="columns">
${nav}
<main id="main" tabindex="-1">
${body}
<footer><p>${say.made} <a class="top" href="#contents">${say.top}</a></p></footer>
</main>
</div>
</div>
</body>
</html>
`);
