/*
 * odbc.c FOLDER: the database through psqlODBC, as Excel, Access, Power Query and Tableau ask it.  TAP.
 * FOLDER holds the queries and psql's answers (tools/check_bi); the connection is that of the PG variables.
 */
#define UNICODE					/* the functions that take UTF-16, as those tools do */
#include <locale.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sql.h>
#include <sqlext.h>
#include "odbc_text.h"

#define SEPARATOR "\037"
#define MAX_FIELDS 40

static int	tests;
static int	failures;

static bool __attribute__((format(printf, 2, 3)))
ok(bool good, const char *format, ...)
{
	va_list		args;

	printf("%sok %d - ", good ? "" : "not ", ++tests);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	failures += !good;
	return good;
}

static bool
is(const char *got, const char *wanted, const char *name)
{
	bool		good = ok(strcmp(got, wanted) == 0, "%s", name);

	if (!good)
		printf("# got    %s\n# wanted %s\n", got, wanted);
	return good;
}

static SQLSMALLINT
type_of(SQLHSTMT query, int column)
{
	SQLWCHAR	name[64];
	SQLSMALLINT length,
				type = SQL_UNKNOWN_TYPE,
				digits,
				nullable;
	SQLULEN		size;

	if (!SQL_SUCCEEDED(SQLDescribeCol(query, column, name, 64, &length, &type, &size, &digits, &nullable)))
		complain(SQL_HANDLE_STMT, query);
	return type;
}

/* A column of the current row, fetched as its type asks, against the text that psql prints. */
static bool
same(SQLHSTMT query, int column, const char *wanted)
{
	SQLSMALLINT type = type_of(query, column);
	SQLLEN		size = 0;
	bool		null = strcmp(wanted, "\\N") == 0;

	switch (type)
	{
		case SQL_DOUBLE:
		case SQL_FLOAT:
			{
				double		x = 0;

				SQLGetData(query, column, SQL_C_DOUBLE, &x, sizeof x, &size);
				return size == SQL_NULL_DATA ? null : !null && x == strtod(wanted, NULL);
			}
		case SQL_INTEGER:
		case SQL_BIGINT:
			{
				SQLBIGINT	x = 0;

				SQLGetData(query, column, SQL_C_SBIGINT, &x, sizeof x, &size);
				return size == SQL_NULL_DATA ? null : !null && x == strtoll(wanted, NULL, 10);
			}
		case SQL_TYPE_DATE:
			{
				SQL_DATE_STRUCT d = {0};
				char		iso[40];

				SQLGetData(query, column, SQL_C_TYPE_DATE, &d, sizeof d, &size);
				snprintf(iso, sizeof iso, "%04d-%02d-%02d", d.year, d.month, d.day);
				return size == SQL_NULL_DATA ? null : strcmp(iso, wanted) == 0;
			}
		default:
			{
				char	   *got = text_of(query, column);
				bool		equal = got == NULL ? null : strcmp(got, wanted) == 0 ||
					/* a boolean is a character or a bit, by an option of the driver */
					(strlen(wanted) == 1 && strchr("tf", *wanted) && strcmp(got, *wanted == 't' ? "1" : "0") == 0);

				if (!equal)
					printf("# column %d, type %d: got %s, wanted %s\n", column, type, got ? got : "NULL", wanted);
				free(got);
				return equal;
			}
	}
}

static int
split(char *line, char **fields)
{
	int			n = 0;

	line[strcspn(line, "\n")] = 0;
	for (fields[n++] = line; (line = strstr(line, SEPARATOR)) != NULL && n < MAX_FIELDS; fields[n++] = ++line)
		*line = 0;
	return n;
}

static FILE *
open_file(const char *folder, const char *name, int number)
{
	char		path[4096];

	snprintf(path, sizeof path, number ? "%s/%s-%d" : "%s/%s", folder, name, number);
	return must(fopen(path, "r"));
}

/* Every query, its parameters as wide or as narrow text, against psql's rows. */
static void
run_queries(SQLHDBC connection, const char *folder, const char *how, bool in_bytes)
{
	FILE	   *list = open_file(folder, "queries", 0);
	char	   *line = NULL,
			   *wanted = NULL,
			   *part[MAX_FIELDS],
			   *field[MAX_FIELDS];
	size_t		room = 0,
				more = 0;

	for (int number = 1; getline(&line, &room, list) > 0; number++)
	{
		FILE	   *expected = open_file(folder, "expected", number);
		int			n = split(line, part);
		SQLWCHAR   *text[MAX_FIELDS] = {NULL};
		SQLINTEGER	integer[MAX_FIELDS];
		SQLLEN		size[MAX_FIELDS];
		SQLSMALLINT columns = 0;
		SQLHSTMT	query;
		SQLRETURN	done;
		int			rows = 0;
		bool		good = true;

		SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
		done = SQLPrepare(query, W(part[1]), SQL_NTS);
		for (int i = 2; i < n && SQL_SUCCEEDED(done); i++)
		{
			size_t		length;

			if (strncmp(part[i], "int:", 4) == 0)
			{
				integer[i] = atoi(part[i] + 4);
				done = SQLBindParameter(query, i - 1, SQL_PARAM_INPUT, SQL_C_SLONG, SQL_INTEGER, 0, 0, &integer[i], 0, NULL);
			}
			else if (in_bytes)
			{
				size[i] = SQL_NTS;
				done = SQLBindParameter(query, i - 1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, strlen(part[i]), 0, part[i], 0, &size[i]);
			}
			else
			{
				text[i] = wide(part[i], &length);
				size[i] = length * sizeof(SQLWCHAR);
				done = SQLBindParameter(query, i - 1, SQL_PARAM_INPUT, SQL_C_WCHAR, SQL_WVARCHAR, length, 0, text[i], 0, &size[i]);
			}
		}
		if (SQL_SUCCEEDED(done))
			done = SQLExecute(query);
		if (SQL_SUCCEEDED(done))
			SQLNumResultCols(query, &columns);
		else
			complain(SQL_HANDLE_STMT, query);
		while (SQL_SUCCEEDED(done) && good && SQL_SUCCEEDED(done = SQLFetch(query)))
		{
			good = getline(&wanted, &more, expected) > 0 && split(wanted, field) == columns;
			for (int i = 1; good && i <= columns; i++)
				good = same(query, i, field[i - 1]);
			rows++;
		}
		good = good && done == SQL_NO_DATA && getline(&wanted, &more, expected) < 0;
		ok(good && rows > 0, "%s, %s: %d rows as in psql", part[0], how, rows);
		SQLFreeHandle(SQL_HANDLE_STMT, query);
		for (int i = 0; i < MAX_FIELDS; i++)
			free(text[i]);
		fclose(expected);
	}
	free(line);
	free(wanted);
	fclose(list);
}

/* The first column of the first row, and with it the number of rows in brackets; an error as its SQLSTATE. */
static const char *
answer(SQLHDBC connection, const char *sql, const char *parameter)
{
	static char result[4096];
	SQLHSTMT	query;
	SQLWCHAR	state[6] = {0};
	SQLLEN		size = parameter ? SQL_NTS : SQL_NULL_DATA;
	SQLRETURN	done;
	int			rows = 0;

	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	done = SQLPrepare(query, W(sql), SQL_NTS);
	if (SQL_SUCCEEDED(done) && strchr(sql, '?'))
		done = SQLBindParameter(query, 1, SQL_PARAM_INPUT, SQL_C_CHAR, SQL_VARCHAR, 255, 0, (SQLPOINTER) parameter, 0, &size);
	if (SQL_SUCCEEDED(done))
		done = SQLExecute(query);
	strcpy(result, "nothing");
	if (!SQL_SUCCEEDED(done))
	{
		char	   *text;

		SQLGetDiagRec(SQL_HANDLE_STMT, query, 1, state, NULL, NULL, 0, NULL);
		text = narrow(state, 5);

		snprintf(result, sizeof result, "error %s", text);
		free(text);
	}
	else
		while (SQL_SUCCEEDED(SQLFetch(query)))
			if (rows++ == 0)
			{
				char	   *text = text_of(query, 1);

				snprintf(result, sizeof result, "%s", text ? text : "NULL");
				free(text);
			}
	if (rows > 1)
		snprintf(result + strlen(result), sizeof result - strlen(result), " (%d rows)", rows);
	SQLFreeHandle(SQL_HANDLE_STMT, query);
	return result;
}

/* The columns of all views for BI tools, as SQLColumns tells them: how many are of a type that is not plain. */
static void
check_catalog(SQLHDBC connection)
{
	SQLHSTMT	query;
	int			views = 0,
				columns = 0,
				odd = 0;
	char		custom[4096] = "";

	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	if (!SQL_SUCCEEDED(SQLTables(query, NULL, 0, W("csirtsurvey"), SQL_NTS, W("%"), SQL_NTS, W("TABLE,VIEW"), SQL_NTS)))
		complain(SQL_HANDLE_STMT, query);
	while (SQL_SUCCEEDED(SQLFetch(query)))
	{
		char	   *name = text_of(query, 3),
				   *type = text_of(query, 4);

		if (strncmp(name, "bi_", 3) == 0)
		{
			views++;
			odd += strcmp(type, "VIEW") != 0;
		}
		free(name);
		free(type);
	}
	ok(views >= 25 && odd == 0, "SQLTables lists the views (%d)", views);
	SQLFreeHandle(SQL_HANDLE_STMT, query);

	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	SQLColumns(query, NULL, 0, W("csirtsurvey"), SQL_NTS, W("bi\\_%"), SQL_NTS, NULL, 0);
	for (odd = 0; SQL_SUCCEEDED(SQLFetch(query)); columns++)
	{
		char	   *type = text_of(query, 6);

		if (strstr(" text int4 float8 date bool ", type) == NULL)
		{
			odd++;
			printf("# %s\n", type);
		}
		free(type);
	}
	ok(columns > 400 && odd == 0, "SQLColumns gives plain types for all %d columns", columns);
	SQLFreeHandle(SQL_HANDLE_STMT, query);

	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	SQLColumns(query, NULL, 0, W("public"), SQL_NTS, W("every\\_type"), SQL_NTS, NULL, 0);
	while (SQL_SUCCEEDED(SQLFetch(query)))
	{
		char	   *type = text_of(query, 6);

		strcat(strcat(custom, *custom ? " " : ""), type);
		free(type);
	}
	is(custom, "int4 maturity tenure multiselect xtab htest text date", "SQLColumns names the types of columns of answers");
	SQLFreeHandle(SQL_HANDLE_STMT, query);
}

/* The ODBC types of a query's columns. */
static const char *
types(SQLHDBC connection, const char *sql)
{
	static char result[1000];
	SQLHSTMT	query;
	SQLSMALLINT columns = 0,
				type;

	*result = 0;
	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	if (!SQL_SUCCEEDED(SQLExecDirect(query, W(sql), SQL_NTS)))
		complain(SQL_HANDLE_STMT, query);
	SQLNumResultCols(query, &columns);
	for (int i = 1; i <= columns; i++)
	{
		type = type_of(query, i);
		strcat(strcat(result, i > 1 ? " " : ""),
			   type == SQL_WLONGVARCHAR ? "wlongvarchar" : type == SQL_WVARCHAR ? "wvarchar" : type == SQL_WCHAR ? "wchar" : type == SQL_VARCHAR ? "varchar" : type == SQL_CHAR ? "char" : type == SQL_INTEGER ? "integer" :
			   type == SQL_BIGINT ? "bigint" : type == SQL_DOUBLE || type == SQL_FLOAT ? "double" : type == SQL_TYPE_DATE ? "date" : type == SQL_BIT ? "bit" :
			   type == SQL_NUMERIC ? "numeric" : "other");
	}
	SQLFreeHandle(SQL_HANDLE_STMT, query);
	return result;
}

/* What the driver says of the parameters of a prepared query, as Power Query and Access ask before they bind. */
static void
check_describe(SQLHDBC connection)
{
	SQLHSTMT	query;
	SQLSMALLINT count = 0,
				type[3] = {0},
				digits,
				nullable;
	SQLULEN		size;

	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	SQLPrepare(query, W("SELECT id FROM public.every_type WHERE m = ? AND ms @> ? AND id = ?"), SQL_NTS);
	SQLNumParams(query, &count);
	for (int i = 0; i < 3; i++)
		if (!SQL_SUCCEEDED(SQLDescribeParam(query, i + 1, &type[i], &size, &digits, &nullable)))
			complain(SQL_HANDLE_STMT, query);
	ok(count == 3 && type[0] == SQL_WVARCHAR && type[1] == SQL_WVARCHAR && type[2] == SQL_INTEGER,
	   "SQLDescribeParam: a scale and a multi-select answer are text (%d %d %d)", type[0], type[1], type[2]);
	SQLFreeHandle(SQL_HANDLE_STMT, query);
}

/* Japanese, byte for byte, in the server's order. */
static void
check_labels(SQLHDBC connection, const char *folder)
{
	FILE	   *expected = open_file(folder, "labels", 0);
	char	   *line = NULL,
			   *field[MAX_FIELDS];
	size_t		room = 0;
	SQLHSTMT	query;
	int			rows = 0,
				wrong = 0;

	SQLAllocHandle(SQL_HANDLE_STMT, connection, &query);
	SQLExecDirect(query, W("SELECT label_ja FROM bi_option ORDER BY label_ja, question, part, code"), SQL_NTS);
	while (getline(&line, &room, expected) > 0 && split(line, field) == 2 && SQL_SUCCEEDED(SQLFetch(query)))
	{
		char	   *text = text_of(query, 1),
				   *hex = must(calloc(2 * strlen(text) + 1, 1));

		for (size_t i = 0; text[i]; i++)
			sprintf(hex + 2 * i, "%02x", (unsigned char) text[i]);
		wrong += strcmp(hex, field[1]) != 0;
		rows++;
		free(text);
		free(hex);
	}
	ok(rows > 500 && wrong == 0, "%d Japanese labels, byte for byte in the server's order", rows);
	SQLFreeHandle(SQL_HANDLE_STMT, query);
	free(line);
	fclose(expected);
}

/* Parameters of queries on the types, one at a time. */
static void
check_parameters(SQLHDBC connection, const char *how)
{
	static const struct
	{
		const char *sql,
				   *parameter,
				   *wanted;
	}			tries[] = {
		{"SELECT id FROM public.every_type WHERE m = ?", "b", "1"},
		{"SELECT id FROM public.every_type WHERE m >= ?", "c", "1"},
		{"SELECT id FROM public.every_type WHERE m > ?", "b", "nothing"},
		{"SELECT id FROM public.every_type WHERE ? = m", "b", "1"},
		{"SELECT id FROM public.every_type WHERE m <> ?", "a", "1"},
		{"SELECT id FROM public.every_type WHERE m BETWEEN 'd' AND ?", "a", "1"},
		{"SELECT id FROM public.every_type WHERE t = ?", "未実施", "1"},
		{"SELECT id FROM public.every_type WHERE ms = ?", "{a,c}", "1"},
		{"SELECT id FROM public.every_type WHERE ms @> ?", "a", "1"},
		{"SELECT id FROM public.every_type WHERE ms && ?", "c;d", "1"},
		{"SELECT id FROM public.every_type WHERE has(ms, ?)", "c", "1"},
		{"SELECT id FROM public.every_type WHERE ms LIKE ?", "%c%", "1"},
		{"SELECT id FROM public.every_type WHERE m = ?", NULL, "nothing"},
		{"SELECT id FROM public.every_type WHERE m = ?", "zzz", "error 22P02"},
		{"SELECT id FROM public.every_type WHERE m = ?", "", "error 22P02"},
		{"SELECT m FROM public.every_type WHERE j = ?", "監査されている 😀 “引用”", "b"},
		{"SELECT j FROM public.every_type WHERE id = 1", NULL, "監査されている 😀 “引用”"},
		{"SELECT m FROM public.every_type WHERE id = 2", NULL, "NULL"},
		{"SELECT ms FROM public.every_type WHERE id = 2", NULL, "NULL"},
		{"SELECT ms FROM public.every_type WHERE id = 1", NULL, "{a,c}"},
		{"SELECT (h).method FROM public.every_type WHERE id = 1", NULL, "Pearson chi-square test of independence"},
		{"SELECT count(*) FROM public.every_type WHERE x::text LIKE ?", "{\"xtab\"%", "1"},
		{"INSERT INTO public.wave_2101 (organisation, q4_4_2, q4_3_3) VALUES (?, 'b', 'a,c') RETURNING q4_3_3", "丙", "{a,c}"},
		{"UPDATE public.wave_2101 SET q4_4_2 = ? RETURNING q4_4_2", "承認されている", "error 22P02"},
		{"UPDATE public.wave_2101 SET q4_4_2 = ? RETURNING level(q4_4_2)", "c", "2"},
		{"SELECT label_en FROM bi_answer WHERE wave = 2101 AND question = '4.4.2' AND code = ?", "c", "Clearly defined and documented, but not formally approved"},
		{"DELETE FROM public.wave_2101 WHERE q4_4_2 = ? RETURNING organisation", "c", "丙"},
	};

	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
	{
		char		name[1000];

		snprintf(name, sizeof name, "%s [%s], %s", tries[i].sql, tries[i].parameter ? tries[i].parameter : "NULL", how);
		is(answer(connection, tries[i].sql, tries[i].parameter), tries[i].wanted, name);
	}
}

int
main(int argc, char **argv)
{
	static const char *const ways[] = {"UseServerSidePrepare=1", "UseServerSidePrepare=0", "UseServerSidePrepare=1;UseDeclareFetch=1;Fetch=100"};
	const char *folder = argc > 1 ? argv[1] : ".";
	SQLHENV		environment;

	setlocale(LC_CTYPE, "C.UTF-8");
	SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &environment);
	SQLSetEnvAttr(environment, SQL_ATTR_ODBC_VERSION, (SQLPOINTER) SQL_OV_ODBC3, 0);
	for (int way = 0; way < 4; way++)
	{
		char		string[2000];
		const char *how = way < 3 ? ways[way] : "BoolsAsChar=0;TextAsLongVarchar=0";
		SQLHDBC		connection;
		SQLWCHAR	version[100];
		char	   *text;

		snprintf(string, sizeof string, "DRIVER={PostgreSQL Unicode};SERVER=%s;PORT=%s;DATABASE=%s;UID=%s;PWD=%s;%s", getenv("PGHOST"), getenv("PGPORT"),
				 getenv("PGDATABASE"), getenv("PGUSER"), getenv("PGPASSWORD"), how);
		SQLAllocHandle(SQL_HANDLE_DBC, environment, &connection);
		if (!SQL_SUCCEEDED(SQLDriverConnect(connection, NULL, W(string), SQL_NTS, NULL, 0, NULL, SQL_DRIVER_NOPROMPT)))
		{
			complain(SQL_HANDLE_DBC, connection);
			puts("Bail out! No connection");
			return 1;
		}
		if (way == 0)
		{
			SQLGetInfo(connection, SQL_DRIVER_VER, version, sizeof version, NULL);
			text = narrow(version, 100);
			printf("# psqlODBC %s\n", text);
			free(text);
			check_catalog(connection);
			check_labels(connection, folder);
			check_describe(connection);
			is(types(connection, "SELECT wave, label_ja, code, n, level, off_scale, synthetic FROM bi_frequency LIMIT 1"), "integer wlongvarchar wlongvarchar double integer varchar varchar",
			   "ODBC types of bi_frequency: booleans are characters unless BoolsAsChar=0");
			is(types(connection, "SELECT fieldwork_from, population FROM bi_wave"), "date integer", "ODBC types of bi_wave");
			is(types(connection, "SELECT q4_4_2, q4_3_3, level(q4_4_2), q4_4_2::float8 FROM synthetic_2017 LIMIT 1"), "wvarchar wvarchar integer double", "scales and multi-select answers are text");
		}
		if (way < 3)
		{
			run_queries(connection, folder, how, false);
			run_queries(connection, folder, how, true);
			check_parameters(connection, how);
		}
		else
		{
			is(types(connection, "SELECT label_ja, off_scale FROM bi_frequency LIMIT 1"), "wvarchar bit", "with BoolsAsChar=0 and TextAsLongVarchar=0: bits, and short text");
			run_queries(connection, folder, how, false);
		}
		SQLDisconnect(connection);
		SQLFreeHandle(SQL_HANDLE_DBC, connection);
	}
	SQLFreeHandle(SQL_HANDLE_ENV, environment);
	printf("1..%d\n", tests);
	return failures > 0;
}
