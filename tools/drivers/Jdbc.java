import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.postgresql.PGStatement;
import org.postgresql.util.PGobject;

/**
 * Jdbc FOLDER: the database through pgJDBC, as Metabase, Tableau and DBeaver ask it.  TAP.
 * FOLDER holds the queries and psql's answers (tools/check_bi); the connection is that of the PG variables.
 */
public final class Jdbc
{
	private static int tests;
	private static int failures;

	private static void ok(boolean good, String name)
	{
		System.out.println((good ? "ok " : "not ok ") + ++tests + " - " + name.replace("#", "\\#"));
		failures += good ? 0 : 1;
	}

	private static void is(Object got, Object wanted, String name)
	{
		boolean good = wanted == null ? got == null : wanted.equals(got);

		ok(good, name);
		if (!good)
			System.out.println("# got    " + got + "\n# wanted " + wanted);
	}

	private static Connection connect(String... options) throws SQLException
	{
		Properties properties = new Properties();

		properties.setProperty("user", System.getenv("PGUSER"));
		properties.setProperty("password", System.getenv("PGPASSWORD"));
		for (int i = 0; i < options.length; i += 2)
			properties.setProperty(options[i], options[i + 1]);
		return DriverManager.getConnection("jdbc:postgresql://" + System.getenv("PGHOST") + ":" + System.getenv("PGPORT") + "/" + System.getenv("PGDATABASE"), properties);
	}

	private static List<String> lines(Path file) throws Exception
	{
		String text = Files.readString(file, StandardCharsets.UTF_8);

		return text.isEmpty() ? List.of() : List.of(text.substring(0, text.length() - 1).split("\n", -1));
	}

	/** A column of the current row, fetched as its type asks, against the text that psql prints. */
	private static boolean same(ResultSet rows, int column, int type, String wanted) throws SQLException
	{
		if (rows.getObject(column) == null || rows.wasNull())
			return wanted.equals("\\N");
		switch (type)
		{
			case Types.DOUBLE: return rows.getDouble(column) == Double.parseDouble(wanted);
			case Types.INTEGER: case Types.BIGINT: return rows.getLong(column) == Long.parseLong(wanted);
			case Types.BIT: return rows.getBoolean(column) == wanted.equals("t");
			case Types.DATE: return rows.getDate(column).equals(Date.valueOf(wanted));
			default: return rows.getString(column).equals(wanted);
		}
	}

	/** Every query three times, so that it is prepared on the server and its results come in binary, against psql's rows. */
	private static void runQueries(Connection connection, Path folder, String how) throws Exception
	{
		int number = 0;

		for (String line : lines(folder.resolve("queries")))
		{
			String[] part = line.split("\037", -1);
			List<String> expected = lines(folder.resolve("expected-" + ++number));
			boolean good = true;

			try (PreparedStatement query = connection.prepareStatement(part[1]))
			{
				for (int time = 0; time < 3 && good; time++)
				{
					for (int i = 2; i < part.length; i++)
						if (part[i].startsWith("int:"))
							query.setInt(i - 1, Integer.parseInt(part[i].substring(4)));
						else
							query.setString(i - 1, part[i]);
					try (ResultSet rows = query.executeQuery())
					{
						ResultSetMetaData columns = rows.getMetaData();
						int n = 0;

						while (good && rows.next())
						{
							String[] wanted = n < expected.size() ? expected.get(n++).split("\037", -1) : new String[0];

							good = wanted.length == columns.getColumnCount();
							for (int i = 1; good && i <= wanted.length; i++)
							{
								good = same(rows, i, columns.getColumnType(i), wanted[i - 1]);
								if (!good)
									System.out.println("# row " + n + " column " + i + ": got " + rows.getString(i) + ", wanted " + wanted[i - 1]);
							}
						}
						good = good && n == expected.size() && n > 0;
					}
				}
			}
			catch (SQLException e)
			{
				System.out.println("# " + e.getSQLState() + " " + e.getMessage().replace("\n", "\n# "));
				good = false;
				if (!connection.getAutoCommit())
					connection.rollback();
			}
			ok(good, part[0] + ", " + how + ": " + expected.size() + " rows as in psql");
		}
	}

	/** The first column of all rows, with bars between them; an error as its SQLSTATE. */
	private static String answer(Connection connection, String sql, Object... parameters)
	{
		try (PreparedStatement query = connection.prepareStatement(sql))
		{
			List<String> values = new ArrayList<>();

			for (int i = 0; i < parameters.length; i++)
				if (parameters[i] == null)
					query.setNull(i + 1, Types.VARCHAR);
				else if (parameters[i] instanceof String[])
					query.setArray(i + 1, connection.createArrayOf("text", (String[]) parameters[i]));
				else if (parameters[i] instanceof PGobject)
					query.setObject(i + 1, parameters[i]);
				else
					query.setString(i + 1, (String) parameters[i]);
			try (ResultSet rows = query.executeQuery())
			{
				while (rows.next())
					values.add(String.valueOf(rows.getString(1)));
			}
			return String.join("|", values);
		}
		catch (SQLException e)
		{
			return "error " + e.getSQLState();
		}
	}

	private static void checkParameters(Connection c, String how) throws SQLException
	{
		String from = "SELECT id FROM public.every_type WHERE ";
		PGobject scale = new PGobject();

		scale.setType("maturity");
		scale.setValue("b");
		for (int time = 0; time < 2; time++)
		{
			String name = ", " + how + (time == 0 ? "" : ", again");

			is(answer(c, from + "m = ?", "b"), "1", "a scale = varchar" + name);
			is(answer(c, from + "m >= ?", "c"), "1", "a scale >= varchar" + name);
			is(answer(c, from + "m BETWEEN ? AND ?", "c", "a"), "1", "BETWEEN" + name);
			is(answer(c, from + "m IN (?, ?)", "b", "e"), "1", "IN" + name);
			is(answer(c, from + "m = ANY (?)", (Object) new String[] {"a", "b"}), "1", "= ANY of an array of text" + name);
			is(answer(c, from + "t = ?", "未実施"), "1", "a Japanese label" + name);
			is(answer(c, from + "m = ?", scale), "1", "a value of the type" + name);
			is(answer(c, from + "m = ?", (Object) null), "", "NULL" + name);
			is(answer(c, from + "m = ?", "zzz"), "error 22P02", "what is no code" + name);
			is(answer(c, from + "ms = ?", "{a,c}"), "1", "a multi-select answer = varchar" + name);
			is(answer(c, from + "ms @> ?", "a"), "1", "@> varchar" + name);
			is(answer(c, from + "ms && ?", (Object) new String[] {"b", "c"}), "1", "&& an array of text" + name);
			is(answer(c, from + "has(ms, ?)", "c"), "1", "has" + name);
			is(answer(c, from + "ms LIKE ?", "%c%"), "1", "LIKE" + name);
			is(answer(c, "SELECT m FROM public.every_type WHERE j = ?", "監査されている 😀 “引用”"), "b", "Japanese text and an emoji" + name);
		}
	}

	private static void checkTypes(Connection c, boolean binary) throws SQLException
	{
		String how = binary ? ", binary" : "";

		try (PreparedStatement query = c.prepareStatement("SELECT * FROM public.every_type ORDER BY id"))
		{
			for (int time = 0; time < 2; time++)
				try (ResultSet rows = query.executeQuery())
				{
					StringBuilder names = new StringBuilder();

					for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
						names.append(i > 1 ? " " : "").append(rows.getMetaData().getColumnTypeName(i));
					is(names.toString(), "int4 maturity tenure multiselect xtab htest text date", "type names" + how);
					rows.next();
					is(rows.getString("m"), "b", "a scale as a string" + how);
					is(((PGobject) rows.getObject("m")).getType() + " " + rows.getObject("m"), "maturity b", "a scale as an object" + how);
					is(rows.getString("t"), "f", "an off-scale answer" + how);
					is(rows.getString("ms"), "{a,c}", "a multi-select answer" + how);
					is(rows.getObject("ms").toString(), "{a,c}", "a multi-select answer as an object" + how);
					ok(rows.getString("x").startsWith("{\"xtab\""), "a table" + how);
					ok(rows.getString("h").startsWith("(\"Pearson chi-square"), "a test" + how);
					is(rows.getString("j"), "監査されている 😀 “引用”", "text" + how);
					is(rows.getDate("d"), Date.valueOf("2017-03-01"), "a date" + how);
					rows.next();
					for (String column : List.of("m", "t", "ms", "x", "h", "j", "d"))
						ok(rows.getObject(column) == null && rows.getString(column) == null && rows.wasNull(), "NULL in " + column + how);
				}
			is(query.unwrap(PGStatement.class).isUseServerPrepare(), binary, "prepared on the server" + how);
		}
	}

	private static void checkCatalog(Connection c) throws SQLException
	{
		DatabaseMetaData data = c.getMetaData();
		TreeMap<String, Integer> plain = new TreeMap<>();
		int views = 0;
		StringBuilder custom = new StringBuilder();

		System.out.println("# pgJDBC " + data.getDriverVersion());
		try (ResultSet rows = data.getTables(null, "csirtsurvey", "bi\\_%", new String[] {"TABLE", "VIEW", "PARTITIONED TABLE", "FOREIGN TABLE", "MATERIALIZED VIEW"}))
		{
			while (rows.next())
				views += rows.getString("TABLE_TYPE").equals("VIEW") && rows.getString("REMARKS").startsWith("For BI tools") ? 1 : 0;
		}
		ok(views >= 25, "getTables lists the views with their comments (" + views + ")");
		try (ResultSet rows = data.getColumns(null, "csirtsurvey", "bi\\_%", "%"))
		{
			boolean remarks = true;

			while (rows.next())
			{
				plain.merge(rows.getString("TYPE_NAME") + " " + rows.getInt("DATA_TYPE"), 1, Integer::sum);
				remarks &= rows.getString("REMARKS") != null && !rows.getString("REMARKS").isEmpty();
			}
			ok(remarks, "getColumns gives each column's comment");
		}
		is(plain.keySet(), Set.of("bool " + Types.BIT, "date " + Types.DATE, "float8 " + Types.DOUBLE, "int4 " + Types.INTEGER, "text " + Types.VARCHAR), "getColumns gives plain types");
		try (ResultSet rows = data.getColumns(null, "public", "every\\_type", "%"))
		{
			while (rows.next())
				custom.append(custom.length() > 0 ? ", " : "").append(rows.getString("TYPE_NAME")).append(" ").append(rows.getInt("DATA_TYPE"));
		}
		is(custom.toString(), "int4 4, maturity 1111, tenure 1111, multiselect 1111, xtab 1111, htest 2002, text 12, date 91", "and the names of the others (1111 is OTHER, 2002 STRUCT)");
	}

	private static void checkLabels(Connection c, Path folder) throws Exception
	{
		List<String> expected = lines(folder.resolve("labels"));
		int wrong = 0;
		int n = 0;

		try (Statement query = c.createStatement(); ResultSet rows = query.executeQuery("SELECT label_ja FROM bi_option ORDER BY label_ja, question, part, code"))
		{
			for (; rows.next(); n++)
			{
				StringBuilder hex = new StringBuilder();

				for (byte b : rows.getString(1).getBytes(StandardCharsets.UTF_8))
					hex.append(String.format("%02x", b));
				wrong += hex.toString().equals(expected.get(n).split("\037")[1]) ? 0 : 1;
			}
		}
		ok(n > 500 && n == expected.size() && wrong == 0, n + " Japanese labels, byte for byte in the server's order");
	}

	private static void checkBatch(Connection c, String how) throws SQLException
	{
		try (PreparedStatement insert = c.prepareStatement("INSERT INTO public.wave_2101 (organisation, q1_3, q4_4_2, q4_3_3, q3_3_2) VALUES (?, ?, ?, ?, ?)"))
		{
			int sum = 0;

			for (int i = 0; i < 500; i++)
			{
				insert.setString(1, String.format("組織 %03d", i));
				insert.setString(2, "a");
				insert.setString(3, "abcde".substring(i % 5, i % 5 + 1));
				insert.setString(4, i % 2 == 0 ? "a,c" : "{}");
				insert.setDate(5, Date.valueOf("2019-04-01"));
				insert.addBatch();
			}
			for (int n : insert.executeBatch())
				sum += n >= 0 || n == Statement.SUCCESS_NO_INFO ? 1 : 0;
			is(sum, 500, "a batch of 500 rows into a wave" + how);
		}
		is(answer(c, "SELECT count(*) || ' ' || sum(level(q4_4_2)) || ' ' || count(*) FILTER (WHERE q4_3_3 @> ?) FROM public.wave_2101 WHERE q4_4_2 <= ?", "c", "a"), "500 1000 250", "which read back" + how);
		is(answer(c, "SELECT sum(weight) FROM bi_answer WHERE wave = 2101 AND question = ? AND code = ?", "4.4.2", "a"), "100", "and stand in bi_answer" + how);
		try (Statement delete = c.createStatement())
		{
			delete.executeUpdate("DELETE FROM public.wave_2101");
		}
	}

	private static void checkCursor(Connection c) throws SQLException
	{
		int n = 0;
		boolean order = true;
		int last = 0;

		c.setAutoCommit(false);
		try (PreparedStatement query = c.prepareStatement("SELECT question_order, label_ja FROM bi_answer WHERE wave = ?"))
		{
			query.setFetchSize(100);
			query.setInt(1, 2017);
			try (ResultSet rows = query.executeQuery())
			{
				for (; rows.next(); n++)
				{
					order &= rows.getInt(1) >= last && rows.getString(2) != null;
					last = rows.getInt(1);
				}
			}
		}
		is(n + " " + order, answer(c, "SELECT count(*) FROM bi_answer WHERE wave = 2017") + " true", "a cursor of 100 rows at a time through bi_answer, in order");
		c.commit();
		c.setAutoCommit(true);
	}

	public static void main(String[] args) throws Exception
	{
		Path folder = Path.of(args[0]);

		try (Connection c = connect())
		{
			checkCatalog(c);
			checkLabels(c, folder);
			checkTypes(c, false);
			runQueries(c, folder, "defaults");
			checkParameters(c, "defaults");
			checkBatch(c, "");
			checkCursor(c);
		}
		try (Connection c = connect("prepareThreshold", "1"))
		{
			checkTypes(c, true);
			runQueries(c, folder, "prepareThreshold=1");
			checkParameters(c, "prepareThreshold=1");
		}
		try (Connection c = connect("prepareThreshold", "-1"))
		{
			runQueries(c, folder, "binary from the first");
		}
		try (Connection c = connect("stringtype", "unspecified", "prepareThreshold", "1"))
		{
			runQueries(c, folder, "stringtype=unspecified");
			checkParameters(c, "stringtype=unspecified");
			checkBatch(c, ", stringtype=unspecified");
		}
		try (Connection c = connect("preferQueryMode", "simple"))
		{
			runQueries(c, folder, "simple protocol");
			checkParameters(c, "simple protocol");
		}
		try (Connection c = connect("reWriteBatchedInserts", "true", "defaultRowFetchSize", "50"))
		{
			checkBatch(c, ", rewritten");
			c.setAutoCommit(false);
			runQueries(c, folder, "50 rows at a time");
		}
		System.out.println("1.." + tests);
		System.exit(failures > 0 ? 1 : 0);
	}
}
