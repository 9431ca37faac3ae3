# CommentText.pm: the COMMENT of an object as the parts of a man page, in Markdown, for tools/reference.
package CommentText;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(sentences sections described summary prose anchor);

# Sentences, and clauses of a sentence, outside parentheses and quotation marks.
sub split_outside
{
	my ($text, $mark) = @_;
	my ($depth, $quote, $from, @part) = (0, 0, 0);
	while ($text =~ /([("\[{)\]}])|$mark/g)
	{
		if (defined $1) { if ($1 eq '"') { $quote = !$quote; } else { $depth += $1 =~ /[(\[{]/ ? 1 : -1; } next; }
		next if $depth > 0 || $quote || substr($text, 0, $+[0]) =~ /\b(e\.g|i\.e|cf|vs|al)\. $/;
		push @part, substr($text, $from, $+[0] - $from);
		$from = $+[0];
	}
	push @part, substr($text, $from) if $from < length $text;
	s/\s+$// for @part;
	return @part;
}

# A comment as description, NULLs and errors, sources.
sub sections
{
	my (@sentence) = @_;
	my (@text, @null, @source);
	for my $sentence (@sentence)
	{
		if ($sentence =~ /^Sources?: (.*)/) { push @source, $1; next; }
		my @clause = split_outside($sentence, qr/; /);
		my @to;
		my $null = 0;
		for my $clause (@clause)
		{
			$null = $clause =~ /NULL|error|^others as|^[0-9A-Z]{5} |\bnote\b/ if $null;
			$null = 1 if $clause =~ /^(no rows|NULLs?|errors?)\b(?! \()/i || ($clause eq $clause[0] && $clause =~ /\bgives? NULLs?( and a note)?[;.]?$/);
			push @{$to[$null]}, $clause;
		}
		for ([$to[0], \@text], [$to[1], \@null])
		{
			my ($part, $list) = @$_;
			next unless $part;
			(my $joined = join ' ', @$part) =~ s/;$/./;
			$joined =~ s/^(errors?|no rows)\b/\u$1/;
			push @$list, $joined;
		}
	}
	return (join(' ', @text), join(' ', @null), join(' ', @source));
}

# Markdown's own characters in prose.
sub prose
{
	my ($text) = @_;
	$text =~ s/([*|<\\])/\\$1/g;
	$text =~ s/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/\\_/g;
	return $text;
}

# The anchor that a heading gets.
sub anchor
{
	my ($heading) = @_;
	$heading = lc $heading;
	$heading =~ s/[^\w\- ]//g;
	$heading =~ s/ /-/g;
	return $heading;
}

sub sentences
{
	my ($comment) = @_;
	return split_outside($comment // '', qr/[.?] /);
}

# The line of the index.
sub summary
{
	my ($comment) = @_;
	my ($first) = sentences($comment);
	my ($short) = split_outside($first, qr/; /);
	($short) = split_outside($short, qr/: /) if length $short > 90;
	$short =~ s/[.;:]$//;
	# Their topic says it already.
	$short = ucfirst $short if $short =~ s/^For BI tools: //;
	return $short;
}

# The sections below the lead; lead_null are its clauses on NULLs and errors.
sub described
{
	my ($lead_null, @sentence) = @_;
	my ($text, $null, $source) = sections(@sentence);
	$null = join ' ', grep { length } $lead_null, $null;
	my $out = '';
	$out .= prose($text) . "\n\n" if $text;
	$out .= '**NULLs and errors:** ' . prose($null) . "\n\n" if $null;
	$out .= '**Source:** ' . prose($source) . "\n\n" if $source;
	return $out;
}

1;
