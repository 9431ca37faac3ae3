// pg.js FOLDER: the database through node's driver pg.  Its parameters are text whose type the server infers, or, from a Buffer, binary; results
// come as text.  TAP.
// FOLDER holds the queries and psql's answers (tools/check_bi); the connection is that of the PG variables.
'use strict';
const fs = require('fs');
const path = require('path');
const { Client, types } = require('pg');

const folder = process.argv[2];
let tests = 0;
let failures = 0;

function ok(good, name)
{
	console.log(`${good ? 'ok' : 'not ok'} ${++tests} - ${name.replace(/#/g, '\\#')}`);
	failures += good ? 0 : 1;
}

function is(got, wanted, name)
{
	const good = JSON.stringify(got) === JSON.stringify(wanted);
	ok(good, name);
	if (!good)
		console.log(`# got    ${JSON.stringify(got)}\n# wanted ${JSON.stringify(wanted)}`);
}

function lines(name)
{
	const text = fs.readFileSync(path.join(folder, name), 'utf8');
	return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

// A value as the driver gives it against the text that psql prints.
function same(value, wanted)
{
	if (value === null)
		return wanted === '\\N';
	if (typeof value === 'number')
		return value === Number(wanted);
	if (typeof value === 'boolean')
		return value === (wanted === 't');
	return String(value) === wanted;
}

// PostgreSQL's dates as text: JavaScript's have a time zone.
const parsers = { getTypeParser: (oid, format) => oid === 1082 ? (value) => value : types.getTypeParser(oid, format) };

// Every query as a prepared statement, twice, against psql's rows.
async function runQueries(client)
{
	for (const [i, line] of lines('queries').entries())
	{
		const [name, text, ...parameters] = line.split('\x1f');
		const expected = lines(`expected-${i + 1}`).map((row) => row.split('\x1f'));
		const values = parameters.map((value) => value.replace(/^int:/, ''));
		let mark = 0;
		const numbered = text.replace(/\?/g, () => `$${++mark}`);
		let good = true;
		let wrong = '';
		try
		{
			for (let time = 0; time < 2; time++)
			{
				const result = await client.query({ name: `query ${i}`, text: numbered, values, rowMode: 'array', types: parsers });
				good = good && expected.length > 0 && result.rows.length === expected.length;
				for (const [r, row] of result.rows.entries())
					for (const [c, value] of row.entries())
						if (good && !same(value, expected[r][c]))
						{
							good = false;
							wrong = `# row ${r + 1} column ${c + 1}: got ${value}, wanted ${expected[r][c]}`;
						}
			}
		}
		catch (error)
		{
			good = false;
			wrong = `# ${error.code} ${error.message}`;
		}
		ok(good, `${name}: ${expected.length} rows as in psql`);
		if (!good)
			console.log(wrong);
	}
}

async function typeNames(client, result)
{
	const names = await client.query({ text: 'SELECT array_agg(typname::text ORDER BY i) AS names FROM unnest($1::oid[]) WITH ORDINALITY AS u(oid, i) JOIN pg_type USING (oid)',
		values: [result.fields.map((field) => field.dataTypeID)] });
	return names.rows[0].names.join(' ');
}

async function answer(client, text, ...values)
{
	try
	{
		const result = await client.query({ text, values, rowMode: 'array' });
		return result.rows.map((row) => row[0]).join('|');
	}
	catch (error)
	{
		return `error ${error.code}`;
	}
}

async function main()
{
	const client = new Client();
	await client.connect();
	console.log(`# node ${process.version}, pg ${require('pg/package.json').version}`);

	const every = await client.query({ text: 'SELECT * FROM public.every_type ORDER BY id', types: parsers });
	is(await typeNames(client, every), 'int4 maturity tenure multiselect xtab htest text date', 'type OIDs');
	const [full, empty] = every.rows;
	is([full.m, full.t, full.ms, full.j, full.d], ['b', 'f', '{a,c}', '監査されている 😀 “引用”', '2017-03-01'], 'scales, multi-select answers and Japanese text are strings');
	is(JSON.parse(full.x).xtab, 1, 'a table is JSON');
	ok(full.h.startsWith('("Pearson chi-square'), 'a test is a row');
	is(Object.values(empty), [2, null, null, null, null, null, null, null], 'NULLs');

	const plain = await client.query('SELECT wave, label_ja, n, off_scale, level FROM csirtsurvey.bi_frequency WHERE wave = 2017 AND question = \'4.4.2\' AND code = \'a\'');
	is(await typeNames(client, plain), 'int4 text float8 bool int4', 'type OIDs of a view for BI tools');
	is(Object.values(plain.rows[0]).map((value) => typeof value), ['number', 'string', 'number', 'boolean', 'number'], 'whose numbers are numbers');
	const views = await client.query('SELECT DISTINCT a.atttypid::integer AS oid FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relname LIKE \'bi\\_%\' AND c.relkind = \'v\' AND a.attnum > 0 ORDER BY 1');
	is(views.rows.map((row) => row.oid), [16, 23, 25, 701, 1082], 'all views have only bool, int4, text, float8 and date');

	// Binary parameters: a scale is its code, a multi-select answer a version byte and its bits, the first option lowest.
	is(await answer(client, 'SELECT id FROM public.every_type WHERE m = $1 AND t = $2 AND ms = $3', Buffer.from('b'), Buffer.from('f'), Buffer.from([1, 5])), '1', 'binary parameters');
	is(await answer(client, 'SELECT $1::maturity', Buffer.from('z')), 'error 22P03', 'a scale in binary that is none');
	is(await answer(client, 'SELECT $1::multiselect', Buffer.from([9, 5])), 'error 22P03', 'a multi-select answer of another version');

	let wrong = 0;
	const labels = lines('labels');
	const ordered = await client.query('SELECT label_ja FROM bi_option ORDER BY label_ja, question, part, code');
	ordered.rows.forEach((label, i) => { wrong += Buffer.from(label.label_ja, 'utf8').toString('hex') === labels[i].split('\x1f')[1] ? 0 : 1; });
	ok(ordered.rows.length === labels.length && labels.length > 500 && wrong === 0, `${labels.length} Japanese labels, byte for byte in the server's order`);

	await runQueries(client);

	const from = 'SELECT id FROM public.every_type WHERE ';
	for (const cast of ['', '::text', '::varchar'])
	{
		const p = (i) => `$${i}${cast}`;
		const many = cast ? `${cast}[]` : '';
		const how = cast ? `, ${cast.slice(2)}` : ', no type';
		is(await answer(client, `${from}m = ${p(1)}`, 'b'), '1', `a scale = a parameter${how}`);
		is(await answer(client, `${from}m >= ${p(1)} AND m < ${p(2)}`, 'c', 'a'), '1', `a range${how}`);
		is(await answer(client, `${from}m IN (${p(1)}, ${p(2)})`, 'b', 'e'), '1', `IN${how}`);
		is(await answer(client, `${from}m = ANY ($1${many})`, ['a', 'b']), '1', `= ANY of an array${how}`);
		is(await answer(client, `${from}t = ${p(1)}`, '未実施'), '1', `a Japanese label${how}`);
		is(await answer(client, `${from}m = ${p(1)}`, null), '', `NULL${how}`);
		is(await answer(client, `${from}m = ${p(1)}`, 'zzz'), 'error 22P02', `what is no code${how}`);
		is(await answer(client, `${from}ms = ${p(1)}`, '{a,c}'), '1', `a multi-select answer${how}`);
		is(await answer(client, `${from}ms @> ${p(1)}`, 'a'), '1', `@>${how}`);
		is(await answer(client, `${from}ms && $1${many}`, ['b', 'c']), '1', `&& an array${how}`);
		is(await answer(client, `${from}has(ms, ${p(1)})`, 'c'), '1', `has${how}`);
		is(await answer(client, `${from}m LIKE ${p(1)} AND ms LIKE ${p(2)}`, 'b', '%c%'), '1', `LIKE${how}`);
	}
	is(await answer(client, 'SELECT m FROM public.every_type WHERE j = $1', '監査されている 😀 “引用”'), 'b', 'Japanese text and an emoji as a parameter');
	is(await answer(client, 'INSERT INTO public.wave_2101 (organisation, q4_4_2, q4_3_3, q3_3_2) VALUES ($1, $2, $3, $4) RETURNING q4_3_3', '乙', 'b', ['a', 'b'], '2019-04-01'), '{a,b}', 'a row into a wave, ticks as an array');
	is(await answer(client, 'SELECT label_ja FROM bi_answer WHERE wave = 2101 AND question = $1 AND level >= $2', '4.4.2', '3'), await answer(client, 'SELECT label_ja FROM bi_option WHERE question = \'4.4.2\' AND code = \'b\''), 'which stands in bi_answer');
	is(await answer(client, 'DELETE FROM public.wave_2101 RETURNING organisation'), '乙', 'and is deleted');
	await client.end();
	console.log(`1..${tests}`);
	process.exit(failures > 0 ? 1 : 0);
}

main().catch((error) =>
{
	console.log(`Bail out! ${error.stack}`);
	process.exit(1);
});
