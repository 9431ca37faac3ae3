/*
 * print_words.h
 *		The words of a printed table in English and Japanese.
 */
#ifndef CSIRTSURVEY_PRINT_WORDS_H
#define CSIRTSURVEY_PRINT_WORDS_H

typedef struct PrintWords
{
	const char *total;
	const char *valid;
	const char *missing;
	const char *percent[4];		/* heads of the percentages: column, row, total, none */
	const char *all_percent;	/* heads of a one-way table */
	const char *valid_percent;
	const char *cumulative;
	const char *more;			/* with %s: categories folded into one line */
	const char *empty;
	const char *weighted;
	const char *n;				/* with %s */
	const char *left_out;		/* with %s and the parts */
	const char *left_out_part[4];	/* row, column, both, weight, with %s */
	const char *separator;		/* between parts */
	const char *open;			/* parentheses */
	const char *close;
	const char *letters;		/* with %s: the levels */
	const char *family[2];		/* with %s: the method */
	const char *unadjusted;
	const char *end;			/* of a sentence */
	const char *flag_u;
	const char *flag_w;
} PrintWords;

static const PrintWords print_words[2] = {
	{
		.total = "Total", .valid = "Valid", .missing = "Missing", .percent = {"col %", "row %", "total %", ""}, .all_percent = "%",
		.valid_percent = "valid %", .cumulative = "cumulative %", .more = "(%s more)", .empty = "The table has no categories.",
		.weighted = " (sum of weights)", .n = "n = %s", .left_out = "; missing: %s",
		.left_out_part = {"row %s", "column %s", "both %s", "weight %s"}, .separator = ", ", .open = " (", .close = ")",
		.letters = "Letters: a larger share than in the column named (%s); z test of column proportions, ",
		.family = {"%s over the pairs of a row", "%s over the pairs of all rows"}, .unadjusted = "p not adjusted", .end = ".",
		.flag_u = "u: base under 30", .flag_w = "w: base under 100",
	},
	{
		.total = "計", .valid = "有効", .missing = "欠損", .percent = {"列 %", "行 %", "全体 %", ""}, .all_percent = "%",
		.valid_percent = "有効 %", .cumulative = "累積 %", .more = "（他 %s）", .empty = "表にカテゴリがない。",
		.weighted = "（重みの和）", .n = "n = %s", .left_out = "、欠損: %s",
		.left_out_part = {"行 %s", "列 %s", "両方 %s", "重み %s"}, .separator = "、", .open = "（", .close = "）",
		.letters = "記号: その列より割合が有意に大きい（%s）。列の割合の z 検定、",
		.family = {"行ごとの対で %s 調整", "全行の対で %s 調整"}, .unadjusted = "p の調整なし", .end = "。",
		.flag_u = "u: 基数 30 未満", .flag_w = "w: 基数 100 未満",
	},
};

#endif							/* CSIRTSURVEY_PRINT_WORDS_H */
