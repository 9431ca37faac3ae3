#!/usr/bin/perl
# make_data.pl DIR [TABLE...]: the CSV files in DIR as INSERT statements on standard output: those of the survey, or the tables named, which have no
# column builtin.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Csv qw(records quote_literal);

# In the order of the foreign keys.
my @tables = qw(wave question question_part option published_count published_statement statement_rule
	sim3 sim3_question crosswalk);

my ($dir, @named) = @ARGV;
defined $dir or die "usage: make_data.pl DIR [TABLE...]\n";
my @last = @named ? () : ('builtin');
for my $table (@named ? @named : @tables)
{
	my ($header, @rows) = records("$dir/$table.csv");
	for my $i (0 .. $#rows)
	{
		@{ $rows[$i] } == @$header or die "$table.csv: record " . ($i + 2) . ": " . @{ $rows[$i] } . " fields\n";
	}
	print "INSERT INTO \@extschema\@.$table (", join(', ', @$header, @last), ") VALUES\n",
		join(",\n", map { '(' . join(', ', (map { quote_literal($_) } @$_), ('true') x @last) . ')' } @rows), ";\n\n";
}
