// check_report.mjs FOLDER: the reports in a folder, as tools/check_report makes them, opened in headless Chromium.  TAP output.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { dirname, join, resolve } from 'node:path';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(here, '..', '..', 'build', 'node', 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const folder = resolve(process.argv[2]);
const json = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const published = json('published.json'), questions = json('questions.json'), own = json('own.json');
const respondents = 187, labels = json('labels.json');

let tests = 0, failed = 0;
function ok(passed, name, detail) {
	console.log(`${passed ? 'ok' : 'not ok'} ${++tests} - ${name}`);
	if (!passed) { failed++; for (const line of [detail].flat().filter((x) => x !== undefined).slice(0, 12)) console.log(`# ${typeof line === 'string' ? line : JSON.stringify(line)}`); }
}
const none = (wrong, name) => ok(wrong.length === 0, name, wrong);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });

// Opens a file without a network; what the page asks for, says or throws is kept.
async function open(file, width) {
	const context = await browser.newContext({ viewport: { width, height: 900 } });
	await context.setOffline(true);
	const page = await context.newPage();
	const url = pathToFileURL(join(folder, file)).href;
	const said = [];
	page.on('request', (r) => { if (r.url() !== url) said.push(`request ${r.url()}`); });
	page.on('console', (m) => said.push(`console ${m.type()}: ${m.text()}`));
	page.on('pageerror', (e) => said.push(`error ${e.message}`));
	await page.goto(url);
	return { page, said, context };
}

// In the page: each figure with its drawing that is shown, its marks in pixels, and its table as text.
const figures = () => [...document.querySelectorAll('figure')].map((f) => {
	const box = (e) => { const r = e.getBoundingClientRect(); return { left: r.left, right: r.right, width: r.width, height: r.height }; };
	const shown = [...f.querySelectorAll('.drawing svg')].filter((s) => s.getBoundingClientRect().width > 0);
	const svg = shown[0];
	// Several layers have a group each.
	const marks = (type) => (svg ? [...svg.querySelectorAll(`g.mark-${type} > path, g.mark-${type} > line`)].map((e) => { const b = e.getBBox(); return { x: b.x, width: b.width }; }) : []);
	const cells = (row) => [...row.cells].map((c) => c.textContent.trim());
	return { id: f.id, question: f.dataset.question, part: f.dataset.part, caption: f.querySelector('figcaption').textContent, shown: shown.length, box: svg && box(svg),
		role: svg?.getAttribute('role'), label: svg?.getAttribute('aria-label'), drawn: svg && Number(svg.viewBox.baseVal.width), bars: marks('rect'), dots: marks('symbol'), rules: marks('rule'),
		all: svg?.textContent.replace(/\s/g, ''), texts: svg ? [...svg.querySelectorAll('g.mark-text > text')].map((t) => t.textContent) : [],
		head: [...f.querySelectorAll('thead tr')].map(cells), rows: [...f.querySelectorAll('tbody tr')].map(cells) };
});

// What the published counts say that a figure of the appendix must show.
const facts = (question, part) => published.filter((p) => p.question === question && p.part === part);
const share = (p) => (p.n === null ? p.pct : (100 * p.n) / respondents);
const drawable = (p) => !p.suspect && p.kind !== 'words';

function appendix(found, where) {
	const wrong = [], bars = [], missing = [];
	for (const key of new Set(published.map((p) => `${p.question} ${p.part}`))) {
		const [question, part] = key.split(' ');
		const expected = facts(question, part).filter(drawable);
		const figure = found.find((f) => f.question === question && f.part === part);
		if (!expected.length) { if (figure) wrong.push(`${key}: a chart of figures that may not be drawn`); continue; }
		if (!figure) { missing.push(key); continue; }
		const n = figure.head[0].findIndex((h) => h === 'n' || h === '回答数');
		for (const p of expected) {
			const row = figure.rows.find((r) => r[0] === p.code && (p.n === null || r[n] === String(p.n)));
			if (!row || (p.n !== null && row[n] !== String(p.n)) || Number(row[n + 1]) !== Math.round(share(p) * 10 + 1e-9) / 10) wrong.push(`${key} ${p.code}: ${p.as_printed} is ${row}`);
		}
		// Bars: as many as figures, and as long, on an axis whose whole length is 100 %.
		const whole = figure.drawn - 10;
		if (figure.bars.length !== expected.length) bars.push(`${key}: ${figure.bars.length} bars of ${expected.length}`);
		const lengths = figure.bars.map((b) => (100 * b.width) / whole).sort((a, b) => a - b), shares = expected.map(share).sort((a, b) => a - b);
		lengths.forEach((l, i) => { if (!(Math.abs(l - shares[i]) < 0.8)) bars.push(`${key}: a bar of ${l} for ${shares[i]}`); });
		for (const p of expected) if (!figure.texts.some((t) => t.includes(p.n === null ? p.as_printed.replace('%', '') : `${p.n} (`))) bars.push(`${key}: no text with ${p.as_printed}`);
	}
	none(missing, `${where}: every question with a figure has a chart`);
	none(wrong, `${where}: the tables of the appendix hold the published figures`);
	none(bars, `${where}: the bars are as many and as long as the figures say`);
}

// The figures of the report: stacked bars, and the diverging ones; a segment for each option of each item.
function stacks(found, where, language) {
	const battery = found.filter((f) => f.bars.length && !f.question && f.rows.some((r) => /^\d+(\.\d+)+ /.test(r[0])));
	const wrong = [];
	for (const f of battery) {
		const part = f.part;
		const groups = f.rows.map((r) => facts(r[0].split(' ')[0], part).map((p) => p.n));
		const count = groups.reduce((a, g) => a + g.length, 0);
		for (const title of f.head[0].slice(2)) if (!f.all.includes(title.replace(/\s/g, ''))) wrong.push(`${f.caption}: no ${title} in the legend`);
		if (f.bars.length !== count) wrong.push(`${f.caption}: ${f.bars.length} segments of ${count}`);
		let at = 0;
		let scale;
		for (const [i, group] of groups.entries()) {
			const sum = group.reduce((a, n) => a + n, 0);
			const widths = f.bars.slice(at, at + group.length).map((b) => b.width);
			at += group.length;
			scale ??= widths.reduce((a, w) => a + w, 0);
			const got = widths.sort((a, b) => a - b), expected = group.map((n) => (scale * n) / sum).sort((a, b) => a - b);
			got.forEach((w, j) => { if (!(Math.abs(w - expected[j]) < 1.5)) wrong.push(`${f.caption}, ${f.rows[i][0]}: a segment of ${w} for ${expected[j]}`); });
			const printed = f.rows[i].slice(2).filter((x, j) => j % 2 === 0).map(Number);
			if (String([...printed].sort()) !== String([...group].sort())) wrong.push(`${f.caption}, ${f.rows[i][0]}: ${printed} in the table, ${group} published`);
			// Each count under its option's name.
			const names = f.head[0].slice(2);
			for (const p of facts(f.rows[i][0].split(' ')[0], part)) if (printed[names.indexOf(labels[language][part === 'answer' ? `maturity ${p.code}` : `${part} ${p.code}`])] !== p.n) wrong.push(`${f.caption}, ${f.rows[i][0]}: option ${p.code} is not ${p.n}`);
		}
	}
	ok(battery.length === 12, `${where}: figures 2.4.4, 2.4.5, 2.5 a to c, 2.6 a to c, 2.7 a to c and the diverging one`, battery.map((f) => f.caption));
	none(wrong, `${where}: their segments are the published counts, and so are their tables`);
}

// Everything that does not hang on the width.
async function structure(page, where, language) {
	const s = await page.evaluate(() => {
		const text = (e) => e.textContent.trim();
		const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
		return {
			lang: document.documentElement.lang, title: document.title, scripts: document.scripts.length,
			headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((h) => !h.closest('nav')).map((h) => [Number(h.tagName[1]), text(h)]),
			repeated: ids.filter((id, i) => ids.indexOf(id) !== i),
			lost: [...document.querySelectorAll('a[href^="#"]')].map((a) => a.getAttribute('href')).filter((h) => !document.getElementById(h.slice(1))),
			lost_references: [...document.querySelectorAll('[aria-labelledby]')].map((e) => e.getAttribute('aria-labelledby')).filter((id) => !document.getElementById(id)),
			tables: [...document.querySelectorAll('table')].filter((t) => !t.caption || !text(t.caption) || [...t.querySelectorAll('th')].some((h) => !h.scope) || !t.querySelector('thead th')
				|| [...t.tBodies[0].rows].some((r) => !r.querySelector('th[scope=row]'))).map((t) => t.caption && text(t.caption)),
			inline: document.querySelectorAll('[style]').length,
			outside: [...document.querySelectorAll('[src], link, image, iframe, object, embed')].map((e) => e.outerHTML.slice(0, 100)),
			names: [...document.querySelectorAll('h4')].map((h) => text(h).split(' ')[0]),
		};
	});
	ok(s.lang === language && s.title.length > 5, `${where}: language and title`, s.lang);
	ok(s.scripts === 0 && s.inline === 0 && s.outside.length === 0, `${where}: no script, no inline style, nothing to load`, s.outside);
	ok(s.headings.filter(([l]) => l === 1).length === 1 && s.headings[0][0] === 1 && s.headings.every(([l], i) => i === 0 || l <= s.headings[i - 1][0] + 1), `${where}: one h1, and no level of heading is left out`,
		s.headings.filter(([l], i) => i > 0 && l > s.headings[i - 1][0] + 1));
	none(s.repeated, `${where}: ids are unique`);
	none([...s.lost, ...s.lost_references], `${where}: every link and reference has its target`);
	none(s.tables, `${where}: every table has a caption, and its headers a scope`);
	ok(String(s.names) === String(questions), `${where}: all ${questions.length} questions, in their order`, questions.filter((q) => !s.names.includes(q)));
	return s;
}

function drawings(found, where, width) {
	none(found.filter((f) => f.shown !== 1 || !(f.box.width > 100) || !(f.box.height > 30)).map((f) => `${f.caption}: ${f.shown} ${JSON.stringify(f.box)}`), `${where}: one drawing of each chart is shown, and has a size`);
	none(found.filter((f) => f.role !== 'img' || !(f.label?.length > 10)).map((f) => f.caption), `${where}: each has a text alternative`);
	none(found.filter((f) => f.box && (f.box.left < 0 || f.box.right > width)).map((f) => f.caption), `${where}: none is wider than the page`);
	none(found.filter((f) => f.box && f.box.width < 0.9 * f.drawn).map((f) => `${f.caption}: ${f.box.width} of ${f.drawn}`), `${where}: none is shrunk`);
	none(found.filter((f) => f.bars.length + f.dots.length + f.rules.length === 0).map((f) => f.caption), `${where}: each has marks`);
}

async function fits(page, where) {
	const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
	ok(over <= 0, `${where}: the page does not scroll sideways`, `${over} px too wide`);
	const cut = await page.evaluate(() => [...document.querySelectorAll('.scroll:not([tabindex])')].filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.slice(0, 80)));
	none(cut, `${where}: a table that scrolls can be reached by the keyboard`);
}

// axe-core, without what is inside the drawings: to a reader of the screen they are one image each.  Contrast takes a minute.
async function accessible(page, where, contrast) {
	await page.evaluate(() => document.querySelectorAll('.drawing svg').forEach((s) => s.replaceChildren()));
	await page.evaluate(axe);
	const violations = await page.evaluate(async (contrast) => {
		const result = await window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations'], rules: { 'color-contrast': { enabled: contrast } } });
		return result.violations.map((v) => ({ id: v.id, impact: v.impact, nodes: v.nodes.length, first: v.nodes[0].html.slice(0, 160) }));
	}, contrast);
	none(violations.map((v) => `${v.id} (${v.impact}), ${v.nodes} times: ${v.first}`), `${where}: axe-core finds no violation${contrast ? ', of contrast neither' : ''}`);
}

for (const language of ['ja', 'en']) {
	const file = `csirtsurvey-2017.${language}.html`;
	for (const width of [360, 1280]) {
		const where = `${language}, ${width} px`;
		const { page, said, context } = await open(file, width);
		const found = await page.evaluate(figures);
		drawings(found, where, width);
		appendix(found, where);
		stacks(found, where, language);
		await fits(page, where);
		if (width === 1280) {
			await structure(page, language, language);
			// The keyboard: the skip link first, then the contents; the skip link goes to the text.
			await page.keyboard.press('Tab');
			const first = await page.evaluate(() => { const r = document.activeElement.getBoundingClientRect(); return document.activeElement.matches('.skip') && r.left >= 0 && r.width > 0; });
			let steps = 1;
			while (steps < 8 && !(await page.evaluate(() => document.activeElement.closest('nav') !== null))) { await page.keyboard.press('Tab'); steps++; }
			const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
			ok(first && steps < 8 && outline !== 'none', `${language}: the keyboard meets the skip link, then the contents, with a visible focus`, [first, steps, outline]);
			await page.evaluate(() => document.querySelector('.skip').focus());
			await page.keyboard.press('Enter');
			ok(await page.evaluate(() => document.activeElement.id === 'main'), `${language}: the skip link goes to the text`);
		}
		await accessible(page, where, (language === 'ja') === (width === 1280));
		none(said, `${where}: no request, nothing on the console, no error`);
		await context.close();
	}
	// 182 mm: a page of A4 between its margins.
	const { page, said, context } = await open(file, 688);
	await page.emulateMedia({ media: 'print' });
	const print = await page.evaluate(() => ({
		nav: document.querySelector('nav').getBoundingClientRect().height,
		closed: [...document.querySelectorAll('details table')].filter((t) => !(t.getBoundingClientRect().height > 10) || !t.checkVisibility({ contentVisibilityAuto: true })).length,
		tables: document.querySelectorAll('details table').length,
	}));
	drawings((await page.evaluate(figures)).map((f) => ({ ...f, drawn: 0 })), `${language}, print`, 688);
	await fits(page, `${language}, print`);
	ok(print.nav === 0 && print.closed === 0 && print.tables > 10, `${language}, print: no navigation, and every table is open`, print);
	const pdf = await page.pdf({ preferCSSPageSize: true });
	const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
	ok(pages > 10 && pages < 120, `${language}, print: pages`, String(pages));
	none(said, `${language}, print: no request, nothing on the console`);
	await context.close();
}

{
	const { page, said, context } = await open('own.en.html', 1280);
	const found = await page.evaluate(figures);
	drawings(found, 'own wave', 1280);
	await fits(page, 'own wave, 1280 px');
	await structure(page, 'own wave', 'en');
	const at = (question, part) => found.find((f) => f.question === question && f.part === part);
	const maturity = at('4.4.2', 'answer'), team = at('5.2', 'implementer');
	ok(maturity.rows[0][2] === String(own.a) && maturity.caption.includes(`n = ${own.base}`) && Number(maturity.rows[0][3]) === Math.round((1000 * own.a) / own.base) / 10, 'own wave: counts are of those who answered', maturity);
	ok(team.rows[0][2] === String(own.team) && Number(team.rows[0][3]) === Math.round((1000 * own.team) / own.team_base) / 10, 'own wave: of several ticks the base is organisations', team);
	const page_text = await page.evaluate(() => ({ title: document.querySelector('h1').textContent, warning: document.querySelector('.warning')?.textContent, foot: document.querySelector('figure[data-question="4.4.2"] tfoot').textContent,
		marks: [...document.querySelectorAll('figure[data-question="4.4.2"] td.mark')].map((c) => c.textContent), disagree: document.querySelector('#s-statements') }));
	ok(page_text.title === 'A <script>alert(1)</script> & "wave" of ours', 'own wave: a title is text, not markup', page_text.title);
	ok(page_text.warning?.includes('made-up') && page_text.marks.every((m) => m.includes('[m]')), 'own wave: made-up answers are marked', page_text);
	ok(page_text.foot.includes(`No answer${own.missing}`), 'own wave: missing answers are counted', page_text.foot);
	ok(page_text.disagree === null, 'own wave: no check of statements that are not its own');
	ok(maturity.bars.length === 5 && maturity.rules.length === 5, 'own wave: bars with intervals', [maturity.bars.length, maturity.rules.length]);
	const dots = found.filter((f) => f.dots.length);
	ok(dots.length >= 1 && dots.every((f) => f.rules.length >= f.dots.length), 'own wave: dots with intervals', dots.map((f) => f.caption));
	await page.setViewportSize({ width: 360, height: 900 });
	await fits(page, 'own wave, 360 px');
	none(said, 'own wave: no request, nothing on the console');
	await context.close();
}

await browser.close();
console.log(`1..${tests}`);
process.exit(failed ? 1 : 0);
