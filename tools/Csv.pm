# Csv.pm: reading the project's CSV files, for the scripts that make SQL and C of them.
package Csv;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(records rows quote_literal);

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

# The records as hashes by the names in the header line; every record has its fields.
sub rows
{
	my ($path) = @_;
	my ($header, @rows) = records($path);
	return map {
		my $row = $_;
		@$row == @$header or die "$path: " . @$row . " fields where " . @$header . " are named\n";
		+{ map { $header->[$_] => $row->[$_] } 0 .. $#$header };
	} @rows;
}

1;
