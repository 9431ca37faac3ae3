#!/usr/bin/perl
# make_data.pl DIR: the survey's CSV files in DIR as INSERT statements on standard output.
use strict;
use warnings;

# In the order of the foreign keys.
my @tables = qw(wave question question_part option published_count published_statement statement_rule
	sim3 sim3_question crosswalk);

# All records of a CSV file (RFC 4180: quoted fields may hold commas, quotes and line ends).
sub records
{
	my ($path) = @_;
	open my $in, '<:raw', $path or die "$path: $!\n";
	my $text = do { local $/; <$in> };
	close $in;
	my (@records, @fields);
	pos($text) = 0;
	while (pos($text) < length $text)
	{
		if ($text =~ /\G"((?:[^"]|"")*)"/gc) { (my $field = $1) =~ s/""/"/g; push @fields, $field; }
		else { $text =~ /\G([^,"\r\n]*)/gc; push @fields, $1; }
		next if $text =~ /\G,(?=.|\n)/gcs;
		$text =~ /\G(?:\r?\n|\z)/gc or die "$path: record " . (@records + 1) . ": stray character\n";
		push @records, [@fields];
		@fields = ();
	}
	return @records;
}

# Right whatever standard_conforming_strings says.
sub quote_literal
{
	my ($value) = @_;
	return 'NULL' if $value eq '';
	$value =~ s/'/''/g;
	return "'$value'" unless $value =~ s/\\/\\\\/g;
	return "E'$value'";
}

my $dir = shift // die "usage: make_data.pl DIR\n";
for my $table (@tables)
{
	my ($header, @rows) = records("$dir/$table.csv");
	for my $i (0 .. $#rows)
	{
		@{ $rows[$i] } == @$header or die "$table.csv: record " . ($i + 2) . ": " . @{ $rows[$i] } . " fields\n";
	}
	print "INSERT INTO \@extschema\@.$table (", join(', ', @$header), ", builtin) VALUES\n",
		join(",\n", map { '(' . join(', ', (map { quote_literal($_) } @$_), 'true') . ')' } @rows), ";\n\n";
}
