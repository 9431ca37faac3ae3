# The drivers through which BI tools reach PostgreSQL: psqlODBC with unixODBC, pgJDBC.  (node's pg comes with the group node.)

jdbc_jar() { [ -f /usr/share/java/postgresql.jar ]; }
odbc_driver() { have odbcinst && odbcinst -q -d 2>/dev/null | grep -q 'PostgreSQL Unicode'; }
odbc_headers() { have cc && echo '#include <sql.h>' | cc -E - >/dev/null 2>&1; }

missing_drivers()
{
	have isql || echo unixODBC
	odbc_driver || echo psqlODBC
	odbc_headers || echo 'ODBC headers'
	have javac || echo 'Java compiler'
	jdbc_jar || echo pgJDBC
}

install_drivers() { apt_install unixodbc unixodbc-dev odbcinst odbc-postgresql default-jdk-headless libpostgresql-jdbc-java; }
