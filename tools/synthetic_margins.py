"""What make_synthetic.py assumes where nothing was published: the counts of 2017, and the foundation answers of the panel of 2015.

A margin is "code n code n ..."; the words say what the numbers lean on.
"""

# Kept although suspect, since nothing contradicts them; and not used, since another question has the same figures.
SUSPECT = {
    '3.3.2': 'published but suspect, the base is unclear; kept, since nothing contradicts it over 187',
    '4.2.3': 'the press prints 22, 52 and 90, which are the figures of 4.2.1, so they are not used; dedicated teams are few (report, 2.1)',
}

ASSUMED = {
    '1.1': ('a 0 b 187', 'the wave is that of fiscal 2017'),
    '1.3': ('a 2 b 3 c 14 d 18 e 66 f 30 g 54', "leans on IPA's 2016 figures for 67 CSIRTs of the same association: half above 5,000 employees"),
    '2.1': ('a 84 b 180 c 142 d 9', 'employees nearly always, group companies often'),
    '2.2': ('a 183 b 112 c 58 d 41 e 47 f 6', 'internal infrastructure nearly always; services for customers in most (report, 2.2.1)'),
    '2.3': ('a 41 b 146', 'words: 22% 程度 of 187'),
    '2.4': ('a 27 b 21 c 27 d 3 e 146', 'words: いずれも 65% 程度 (a, c) and 50% 程度 (b) of the 41 with a PSIRT; the others do not apply'),
    '2.5': ('a 20 b 4 c 12 d 5 e 146', 'words: 半数程度 (a) and 30% 程度 (c) of the 41 with a PSIRT; the others do not apply'),
    '3.1.1': ('b 6 c 0 d 1 e 4 f 5 g 12 i 3 j 6', 'the 37 that the press leaves'),
    '3.1.2': ('a 158 b 62 c 58 d 27 e 49 f 55 g 71 h 98 i 23 j 14 k 3', 'more than the leading department is involved'),
    '3.1.3': ('a 149 b 71 c 92 d 38 e 60 f 74 g 68 h 61 i 25 j 13 k 6', 'as 3.1.2, with legal and general affairs more often'),
    '3.2.1': ('c 21 d 9', 'the 30 that the press leaves; just after foundation most have 10 or fewer (report, 2.1)'),
    '3.2.2': ('a 2 b 4 c 6 d 35 e 22 f 118', 'as 4.2.2, with a few more of employees only'),
    '3.2.3': ('a 20 b 58 c 103 d 6', 'mostly cross-department, dedicated members in few (report, 2.1)'),
    '3.3.2': ('2004 1 2005 1 2008 2 2010 2 2011 2 2012 4 2013 9 2014 14 2015 24', 'the 59 that the press leaves, growing as the association did'),
    '4.1.1': ('b 5 c 1 d 1 e 4 f 4 i 3 j 9', 'the 27 that the press leaves'),
    '4.2.2': ('a 2 b 3 c 4', 'published as one figure, 9'),
    '4.2.3': ('a 36 b 71 c 76 d 4', SUSPECT['4.2.3']),
    '4.2.4': ('a 78 b 41 c 24 d 16 e 8 f 20', 'who has form c of 4.2.3 has no dedicated member'),
    '4.3.1': ('a 132 b 121 c 150 d 5', 'coordination most, then work on the spot'),
    '4.3.2a': ('a 52 b 41 c 92 d 70 e 12', 'words: およそ半分程度 enquiries on incidents, 2割～3割程度 reports of vulnerabilities (report, 2.4)'),
    '4.3.2b': ('a 48 b 31 c 71 d 22 e 19 f 37 g 14', 'only the 117 that were contacted answer'),
    '4.3.3': ('a 88 b 24 c 19 d 30 e 33 f 62 g 33', 'words: 2割弱 in other communities (report, 2.4); Financials ISAC for the finance industries'),
    '4.3.4': ('a 139 b 128 c 52 d 7 e 14 f 10', 'text and documents in most, structured formats in few'),
    '4.3.5': ('c 12 d 3', 'the 15 that 11% and 81% leave'),
    '4.4.1': ('b 78 c 8', 'the 86 that 54% leaves'),
    '4.5.2.2': ('a 96 b 20 c 13 d 61 e 66 f 54 g 79 h 12', 'who escalated to nobody gives an empty set'),
    '4.5.3.1': ('a 62 b 51 c 17 d 41 e 16', 'shown as a chart only; between 4.5.1.2 and 4.5.2.1'),
    '4.5.3.2': ('a 29 b 61 c 78 d 96 e 106 f 27 g 133 h 58 i 71 j 17', 'who handled none gives an empty set'),
    '4.5.3.3': ('a 16 b 24 c 43 d 58 e 77 f 12 g 104 h 31 i 40 j 10', 'a part of 4.5.3.2; ransomware was frequent in 2017'),
    '4.5.4.1': ('a 112 b 75', 'three in five'),
    '4.5.4.2': ('a 75 b 27 c 10 d 75', 'of the 112 with a SOC; the others do not apply'),
    '4.5.4.3': ('a 38 b 20 c 50 d 4 e 75', 'of the 112 with a SOC; the others do not apply'),
    '4.5.4.4': ('a 36 b 12 c 60 d 4 e 75', 'of the 112 with a SOC; the others do not apply'),
    '4.5.4.5 team_size': ('a 44 b 33 c 22 d 13', 'only the 112 with a SOC answer'),
    '4.5.4.5 tenure': ('a 14 b 41 c 24 d 20 e 13 f 75', 'of the 112 with a SOC; the others do not have one'),
    '4.5.4.5 proficiency': ('a 9 b 41 c 62 d 75', 'of the 112 with a SOC; the others do not have one'),
    '5.1 dedicated': ('a 94 b 62 c 17 d 14', 'as 6.1'),
    '5.1 concurrent': ('a 20 b 80 c 29 d 58', 'as 6.1'),
    '7.1 dedicated': ('a 118 b 49 c 11 d 9', 'as 6.1, with fewer members'),
    '7.1 concurrent': ('a 33 b 92 c 26 d 36', 'as 6.1, with fewer members'),
    '8.1.1': ('a 85 b 95 c 7', 'a and b published as one figure, 96%'),
    '8.1.2': ('a 58 b 41 c 88', 'as 8.1.3'),
    '8.1.3': ('a 45 b 52 c 90', 'a and b published as one figure, 52%'),
    '8.2.1': ('a 14 b 13 c 24 d 79 e 21 f 36', 'words: およそ 80% 以上 review, once every few years included'),
    '8.2.2': ('a 30 b 22 c 43 d 67 e 9 f 16', 'as 8.2.1, with more reviews'),
    '8.3.1': ('a 62 b 24 c 16 d 19 e 4 f 62', 'words: 3 分の 2 issue reports'),
    '8.3.2': ('a 12 b 46 c 53 d 8 e 6', 'only the 125 that issue reports answer'),
}

# How a team was built is the same answer in both waves: the panel's part of 2017's counts, so that 2015 comes out as published.
PANEL = {
    '3.1.1': 'a 29 b 4 c 0 d 1 e 2 f 1 g 6 h 12 i 1 j 2',
    '3.1.2': 'a 40 b 19 c 18 d 9 e 15 f 17 g 22 h 25 i 7 j 4 k 1',
    '3.3.1': 'a 10 b 20 c 12 d 16',
}
LEFT_SINCE = {
    '3.1.1': 'a 4 b 0 c 0 d 0 e 1 f 0 g 1 h 1 i 0 j 1',
    '3.1.2': 'a 4 b 3 c 2 d 1 e 2 f 2 g 3 h 4 i 0 j 1 k 0',
    '3.3.1': 'a 2 b 3 c 1 d 2',
}
ASSUMED_2015 = {
    '4.1.1': ('b 2 c 0 d 0 e 1 f 1 g 2 i 1 j 1', 'the 8 that the published figures leave'),
    '4.3.5': ('c 1 d 1', 'the 2 that the published figures leave'),
}
