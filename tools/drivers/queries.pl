#!/usr/bin/perl
# queries.pl FOLDER: makes of tools/drivers/queries.sql FOLDER/queries, which the programs beside it read, and FOLDER/expected.sql, with which psql
# writes what they must get: a file expected-N for each query, fields apart by 0x1F, NULL as \N.
use strict;
use warnings;
use open qw(:std :encoding(UTF-8));

my ($folder) = @ARGV;
sub quoted { my ($v) = @_; $v =~ s/'/''/g; return "'$v'" }

open my $in, '<', 'tools/drivers/queries.sql' or die "queries.sql: $!\n";
open my $list, '>', "$folder/queries" or die "$folder: $!\n";
open my $psql, '>', "$folder/expected.sql" or die "$folder: $!\n";
print $psql "\\pset format unaligned\n\\pset tuples_only on\n\\pset fieldsep '\\037'\n\\pset null '\\\\N'\n";
my ($n, $name, @with) = (0);
while (<$in>)
{
	chomp;
	if (/^-- with: (.*)/) { @with = split / \| /, $1 }
	elsif (/^-- (\S+.*?: .*)/) { $name = $1; @with = () }
	elsif (s/^(SELECT .*);$/$1/i)
	{
		$n++;
		print $list join("\037", $name, $_, @with), "\n";
		my $marks = 0;
		s/\?/'$' . ++$marks/ge;
		die "$name: $marks question marks, but parameters for " . @with . "\n" if $marks != @with;
		my $arguments = @with ? '(' . join(', ', map { quoted(s/^int://r) } @with) . ')' : '';
		print $psql "\\o $folder/expected-$n\nPREPARE query_$n AS $_;\nEXECUTE query_$n$arguments;\n";
	}
}
print $psql "\\o $folder/labels\nSELECT label_ja, encode(convert_to(label_ja, 'UTF8'), 'hex') FROM bi_option ORDER BY label_ja, question, part, code;\n";
