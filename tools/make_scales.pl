#!/usr/bin/perl
# make_scales.pl c|sql DIR: the ordinal scales of DIR/scales.csv and DIR/scale_codes.csv as a C table or as install SQL.
# id and rank are stored in values: never renumber them.
use strict;
use warnings;
use FindBin;
use lib $FindBin::Bin;
use Csv qw(rows quote_literal);

my ($what, $dir) = @ARGV;
my @scales = rows("$dir/scales.csv");
my %codes;
push @{ $codes{ $_->{scale} } }, $_ for rows("$dir/scale_codes.csv");
for my $s (@scales) {
	my @c = sort { $a->{rank} <=> $b->{rank} } @{ $codes{ $s->{scale} } };
	$c[$_]{rank} == $_ or die "$s->{scale}: ranks must be 0, 1, 2 ..\n" for 0 .. $#c;
	$codes{ $s->{scale} } = \@c;
}

sub c_string { my ($v) = @_; $v =~ s/(["\\])/\\$1/g; return "\"$v\""; }

if ($what eq 'c') {
	print "/* Made by tools/make_scales.pl from data/scales.csv and data/scale_codes.csv: code, level, off-scale, labels; in rank order. */\n";
	for my $s (@scales) {
		print "static const ScaleCode codes_$s->{scale}\[] = {\n";
		printf "\t{%s, %s, %s, %s, %s},\n", c_string($_->{code}), $_->{off_scale} eq 'true' ? 0 : $_->{level}, $_->{off_scale},
			c_string($_->{label_ja}), c_string($_->{label_en}) for @{ $codes{ $s->{scale} } };
		print "};\n";
	}
	print "static const ScaleDef scale_defs[] = {\n";
	printf "\t{%d, %s, %d, codes_%s},\n", $_->{id}, c_string($_->{scale}), scalar @{ $codes{ $_->{scale} } }, $_->{scale} for @scales;
	print "};\n#define FOR_EACH_SCALE(X)", map({ " X($_->{scale}, $_->{id})" } @scales), "\n";
	exit;
}

print "-- The ordinal scales: one type each over one C implementation.  Values are int2 inside, so int2's functions compare them.\n\n";
my $template = do { local $/; <DATA> };
for my $s (@scales) {
	my $t = $s->{scale};
	my $list = join ', ', map { $_->{off_scale} eq 'true' ? "$_->{code} (off-scale)" : "$_->{code} = $_->{level}" } reverse @{ $codes{$t} };
	my %names = (T => $t, TITLE => $s->{title_en}, TITLE_JA => $s->{title_ja}, LEVELS => $list);
	my $sql = $template;
	$sql =~ s/__COMMENT\((.*?)\)__/quote_literal($1)/ge;
	$sql =~ s/__(TITLE_JA|TITLE|LEVELS|T)__/$names{$1}/g;
	for my $op (['=', 'eq', '=', '<>'], ['<>', 'ne', '<>', '='], ['<', 'lt', '>', '>='], ['<=', 'le', '>=', '>'], ['>', 'gt', '<', '<='], ['>=', 'ge', '<=', '<']) {
		my ($o, $f, $commutator, $negator) = @$op;
		my ($restrict) = $o eq '=' ? 'eq' : $o eq '<>' ? 'neq' : { '<' => 'scalarlt', '<=' => 'scalarle', '>' => 'scalargt', '>=' => 'scalarge' }->{$o};
		my $extra = $o eq '=' ? ', HASHES, MERGES' : '';
		$sql .= <<SQL;
CREATE FUNCTION \@extschema\@.${t}_$f(\@extschema\@.$t, \@extschema\@.$t) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int2$f';
COMMENT ON FUNCTION \@extschema\@.${t}_$f(\@extschema\@.$t, \@extschema\@.$t) IS 'Implements $o: by level, off-scale codes below every level.';
CREATE OPERATOR \@extschema\@.$o (LEFTARG = \@extschema\@.$t, RIGHTARG = \@extschema\@.$t, FUNCTION = \@extschema\@.${t}_$f,
	COMMUTATOR = OPERATOR(\@extschema\@.$commutator), NEGATOR = OPERATOR(\@extschema\@.$negator), RESTRICT = ${restrict}sel, JOIN = ${restrict}joinsel$extra);
COMMENT ON OPERATOR \@extschema\@.$o (\@extschema\@.$t, \@extschema\@.$t) IS 'Compares by level, off-scale codes below every level.';
SQL
	}
	$sql .= <<SQL;
CREATE OPERATOR CLASS \@extschema\@.${t}_ops DEFAULT FOR TYPE \@extschema\@.$t USING btree AS
	OPERATOR 1 \@extschema\@.<, OPERATOR 2 \@extschema\@.<=, OPERATOR 3 \@extschema\@.=, OPERATOR 4 \@extschema\@.>=, OPERATOR 5 \@extschema\@.>,
	FUNCTION 1 \@extschema\@.${t}_cmp(\@extschema\@.$t, \@extschema\@.$t),
	FUNCTION 2 (\@extschema\@.$t, \@extschema\@.$t) btint2sortsupport(internal),
	FUNCTION 4 (\@extschema\@.$t, \@extschema\@.$t) btequalimage(oid);
CREATE OPERATOR CLASS \@extschema\@.${t}_hash_ops DEFAULT FOR TYPE \@extschema\@.$t USING hash AS
	OPERATOR 1 \@extschema\@.=,
	FUNCTION 1 \@extschema\@.${t}_hash(\@extschema\@.$t),
	FUNCTION 2 \@extschema\@.${t}_hash_extended(\@extschema\@.$t, bigint);
COMMENT ON OPERATOR CLASS \@extschema\@.${t}_ops USING btree IS 'Order by level, off-scale codes below every level.';
COMMENT ON OPERATOR CLASS \@extschema\@.${t}_hash_ops USING hash IS 'Equality of values of the scale.';
COMMENT ON OPERATOR FAMILY \@extschema\@.${t}_ops USING btree IS 'Order by level, off-scale codes below every level.';
COMMENT ON OPERATOR FAMILY \@extschema\@.${t}_hash_ops USING hash IS 'Equality of values of the scale.';
CREATE AGGREGATE \@extschema\@.min(\@extschema\@.$t) (SFUNC = \@extschema\@.${t}_smaller, STYPE = \@extschema\@.$t,
	COMBINEFUNC = \@extschema\@.${t}_smaller, SORTOP = OPERATOR(\@extschema\@.<), PARALLEL = SAFE);
CREATE AGGREGATE \@extschema\@.max(\@extschema\@.$t) (SFUNC = \@extschema\@.${t}_larger, STYPE = \@extschema\@.$t,
	COMBINEFUNC = \@extschema\@.${t}_larger, SORTOP = OPERATOR(\@extschema\@.>), PARALLEL = SAFE);
COMMENT ON AGGREGATE \@extschema\@.min(\@extschema\@.$t) IS 'The lowest value by level; off-scale codes are lower than every level. NULLs are passed over.';
COMMENT ON AGGREGATE \@extschema\@.max(\@extschema\@.$t) IS 'The highest value by level. NULLs are passed over.';
SQL
	# Comparison with text: inlined to the comparison of two values of the scale, so that indexes serve it.
	for my $op (['=', 'eq', '=', '<>'], ['<>', 'ne', '<>', '='], ['<', 'lt', '>', '>='], ['<=', 'le', '>=', '>'], ['>', 'gt', '<', '<='], ['>=', 'ge', '<=', '<']) {
		my ($o, $f, $commutator, $negator) = @$op;
		$sql .= <<SQL;
CREATE FUNCTION \@extschema\@.${t}_${f}_text(\@extschema\@.$t, text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN \$1 OPERATOR(\@extschema\@.$o) \@extschema\@.${t}_from_text(\$2);
CREATE FUNCTION \@extschema\@.text_${f}_$t(text, \@extschema\@.$t) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN \@extschema\@.${t}_from_text(\$1) OPERATOR(\@extschema\@.$o) \$2;
COMMENT ON FUNCTION \@extschema\@.${t}_${f}_text(\@extschema\@.$t, text) IS 'Implements $o with text, which is read as a value of the scale; error 22P02 when it is none.';
COMMENT ON FUNCTION \@extschema\@.text_${f}_$t(text, \@extschema\@.$t) IS 'Implements $o with text, which is read as a value of the scale; error 22P02 when it is none.';
CREATE OPERATOR \@extschema\@.$o (LEFTARG = \@extschema\@.$t, RIGHTARG = text, FUNCTION = \@extschema\@.${t}_${f}_text,
	COMMUTATOR = OPERATOR(\@extschema\@.$commutator), NEGATOR = OPERATOR(\@extschema\@.$negator));
CREATE OPERATOR \@extschema\@.$o (LEFTARG = text, RIGHTARG = \@extschema\@.$t, FUNCTION = \@extschema\@.text_${f}_$t,
	COMMUTATOR = OPERATOR(\@extschema\@.$commutator), NEGATOR = OPERATOR(\@extschema\@.$negator));
COMMENT ON OPERATOR \@extschema\@.$o (\@extschema\@.$t, text) IS 'Compares by level with text read as a value of the scale; error 22P02 when it is none.';
COMMENT ON OPERATOR \@extschema\@.$o (text, \@extschema\@.$t) IS 'Compares by level with text read as a value of the scale; error 22P02 when it is none.';
SQL
	}
	print "$sql\n";
}

__DATA__
CREATE TYPE @extschema@.__T__;
CREATE FUNCTION @extschema@.__T___in(cstring) RETURNS @extschema@.__T__ LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.__T___out(@extschema@.__T__) RETURNS cstring LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_out';
CREATE FUNCTION @extschema@.__T___recv(internal) RETURNS @extschema@.__T__ LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
CREATE FUNCTION @extschema@.__T___send(@extschema@.__T__) RETURNS bytea LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_send';
CREATE TYPE @extschema@.__T__ (INPUT = @extschema@.__T___in, OUTPUT = @extschema@.__T___out, RECEIVE = @extschema@.__T___recv,
	SEND = @extschema@.__T___send, INTERNALLENGTH = 2, PASSEDBYVALUE, ALIGNMENT = int2);
COMMENT ON TYPE @extschema@.__T__ IS __COMMENT(__TITLE__ (__TITLE_JA__): an ordinal scale in the order of its levels, __LEVELS__. Input takes the code or a label in Japanese or English; output is the code.)__;
COMMENT ON FUNCTION @extschema@.__T___in(cstring) IS 'Reads a code or a label of the scale; white space, case and full-width forms do not matter. Error 22P02 with the allowed codes.';
COMMENT ON FUNCTION @extschema@.__T___out(@extschema@.__T__) IS 'Writes the code.';
COMMENT ON FUNCTION @extschema@.__T___recv(internal) IS 'Reads the binary form, the code as text. Error 22P03 for anything else.';
COMMENT ON FUNCTION @extschema@.__T___send(@extschema@.__T__) IS 'Writes the binary form, the code as text.';

CREATE FUNCTION @extschema@.__T___from_text(text) RETURNS @extschema@.__T__ LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION @extschema@.__T___from_text(text) IS 'A value of the scale from a code or a label, as its input reads it. NULL for NULL; error 22P02 for other text.';
CREATE CAST (text AS @extschema@.__T__) WITH FUNCTION @extschema@.__T___from_text(text) AS ASSIGNMENT;
CREATE CAST (varchar AS @extschema@.__T__) WITH FUNCTION @extschema@.__T___from_text(text) AS ASSIGNMENT;
COMMENT ON CAST (text AS @extschema@.__T__) IS 'From a code or a label; error 22P02 for other text.';
COMMENT ON CAST (varchar AS @extschema@.__T__) IS 'From a code or a label; error 22P02 for other text.';

CREATE FUNCTION @extschema@.level(@extschema@.__T__) RETURNS integer LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_level';
CREATE FUNCTION @extschema@.__T___to_float8(@extschema@.__T__) RETURNS float8 LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_float8';
CREATE FUNCTION @extschema@.label(@extschema@.__T__, lang text DEFAULT 'en') RETURNS text LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_label';
CREATE FUNCTION @extschema@.on_scale(@extschema@.__T__) RETURNS boolean LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_on_scale';
CREATE FUNCTION @extschema@.substantive(@extschema@.__T__) RETURNS @extschema@.__T__ LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'scale_substantive';
CREATE CAST (@extschema@.__T__ AS integer) WITH FUNCTION @extschema@.level(@extschema@.__T__);
CREATE CAST (@extschema@.__T__ AS float8) WITH FUNCTION @extschema@.__T___to_float8(@extschema@.__T__);
COMMENT ON CAST (@extschema@.__T__ AS integer) IS 'The level; NULL for an off-scale code.';
COMMENT ON CAST (@extschema@.__T__ AS float8) IS 'The level; NULL for an off-scale code.';
COMMENT ON FUNCTION @extschema@.level(@extschema@.__T__) IS 'The level, a whole number rising with the scale; NULL for an off-scale code and for NULL. Source: data/scale_codes.csv.';
COMMENT ON FUNCTION @extschema@.__T___to_float8(@extschema@.__T__) IS 'The level as float8; NULL for an off-scale code and for NULL.';
COMMENT ON FUNCTION @extschema@.label(@extschema@.__T__, text) IS 'The label as the questionnaire prints it (lang ja) or in English (en, the default). NULL for NULL; error 22023 for another language.';
COMMENT ON FUNCTION @extschema@.on_scale(@extschema@.__T__) IS 'Whether the value has a level; false for an off-scale code such as "not done", NULL for NULL.';
COMMENT ON FUNCTION @extschema@.substantive(@extschema@.__T__) IS 'The value itself, or NULL for an off-scale code.';

CREATE FUNCTION @extschema@.__T___cmp(@extschema@.__T__, @extschema@.__T__) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'btint2cmp';
CREATE FUNCTION @extschema@.__T___hash(@extschema@.__T__) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashint2';
CREATE FUNCTION @extschema@.__T___hash_extended(@extschema@.__T__, bigint) RETURNS bigint LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashint2extended';
CREATE FUNCTION @extschema@.__T___larger(@extschema@.__T__, @extschema@.__T__) RETURNS @extschema@.__T__ LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int2larger';
CREATE FUNCTION @extschema@.__T___smaller(@extschema@.__T__, @extschema@.__T__) RETURNS @extschema@.__T__ LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'int2smaller';
COMMENT ON FUNCTION @extschema@.__T___cmp(@extschema@.__T__, @extschema@.__T__) IS 'Order by level for B-tree: negative, 0 or positive.';
COMMENT ON FUNCTION @extschema@.__T___hash(@extschema@.__T__) IS 'Hash value.';
COMMENT ON FUNCTION @extschema@.__T___hash_extended(@extschema@.__T__, bigint) IS 'Hash value with a seed.';
COMMENT ON FUNCTION @extschema@.__T___larger(@extschema@.__T__, @extschema@.__T__) IS 'The higher of two values by level.';
COMMENT ON FUNCTION @extschema@.__T___smaller(@extschema@.__T__, @extschema@.__T__) IS 'The lower of two values by level.';
