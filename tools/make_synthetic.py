#!/usr/bin/env python3
"""make_synthetic.py OUT: made-up answers of 2017 (187 organisations) and 2015 (66) as CSV files in the folder OUT.

Every published count of the wave is met exactly; synthetic_margins.py says what is assumed for the rest, and synthetic_assumed.csv lists
every assumed count. Questions are associated through what is behind an organisation: maturity, size, age, team, dedication, and a service
of its own. Ranks of these with noise are dealt out to the options, so that the counts hold whatever the association. Only random() of a
seeded generator and sums are used, so that every Python 3 writes the same bytes.
"""
import collections
import csv
import os
import sys

from synthetic_dealing import FORCED, deal, deal_scale, normal, place, tick, uniform
from synthetic_margins import ASSUMED, ASSUMED_2015, LEFT_SINCE, PANEL, SUSPECT

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data')
N, N_2015, LEFT = 187, 66, 8


def table(name):
    with open(os.path.join(DATA, name + '.csv'), encoding='utf-8', newline='') as f:
        return list(csv.DictReader(f))


def key(name):
    question, _, part = name.partition(' ')
    return question, part or 'answer'


def margin(text):
    words = text.split()
    return dict(zip(words[::2], map(int, words[1::2])))


def codes_of(text):
    return text.strip('{}').split(',')


# The codebook.
positions = {q['question']: int(q['position']) for q in table('question')}
parts = sorted(((r['question'], r['part']) for r in table('question_part')),
               key=lambda k: (positions[k[0]], [int(r['position']) for r in table('question_part') if (r['question'], r['part']) == k]))
kind = {(r['question'], r['part']): r['kind'] for r in table('question_part')}
scale_of = {(r['question'], r['part']): r['scale'] for r in table('question_part')}
options = collections.defaultdict(list)
exclusive = {}
for r in sorted(table('option'), key=lambda r: int(r['position'])):
    options[r['question'], r['part']].append(r['code'])
    if r['exclusive'] == 'true':
        exclusive[r['question'], r['part']] = r['code']
# Levels, the lowest first ("not done" is the lowest of them), and the answers off the scale.
scales, off_scale = collections.defaultdict(list), collections.defaultdict(list)
for r in sorted(table('scale_codes'), key=lambda r: int(r['rank'])):
    (off_scale if r['off_scale'] == 'true' and r['label_en'] != 'Not done' else scales)[r['scale']].append(r['code'])
services = [k[0] for k in parts if k[1] == 'implementer']


def published(wave, base):
    """(question, part) -> {set of codes: n} of the figures that bind."""
    cells = collections.defaultdict(dict)
    for r in table('published_count'):
        if r['wave'] == str(wave) and r['kind'] != 'words' and (r['suspect'] == 'false' or r['question'] == '3.3.2'):
            n = int(r['n']) if r['n'] else int(float(r['pct']) * base / 100 + 0.5)
            cells[r['question'], r['part']][frozenset(codes_of(r['codes']))] = n
    return cells


def margin_2017(k):
    counts = {c: n for codes, n in known[2017].get(k, {}).items() if len(codes) == 1 for c in codes}
    name = k[0] if k[1] == 'answer' else ' '.join(k)
    if name in ASSUMED:
        assumed = margin(ASSUMED[name][0])
        if assumed.keys() & counts.keys():
            sys.exit(f'{name}: assumed though published')
        counts.update(assumed)
    return counts


known = {2017: published(2017, N), 2015: published(2015, N_2015)}
everyone = list(range(N))
answers = {k: {} for k in parts}


def give(name, given):
    answers[key(name)].update(given)


def scaled(members, k, counts, score):
    return deal_scale(members, scales[scale_of[k]], off_scale[scale_of[k]], counts, score)


# Who they are: industry, size, age, maturity, team, dedication.
INDUSTRY = {}
for codes, size, ripe in (('c d e g h i j l m n p q r s t', 0.3, -0.2), ('o', 0.6, 0.4), ('u v aa kk', 0.0, -0.1), ('w', 0.9, 0.9), ('x y', 0.6, 0.8), ('z', -0.1, 0.5),
                          ('bb cc dd ee ff', 0.4, 0.0), ('gg', 0.8, 0.9), ('hh ii', 0.8, 0.3), ('jj', -0.5, 0.0), ('ll', 0.2, -0.6)):
    INDUSTRY.update({c: (size, ripe) for c in codes.split()})
MANUFACTURING = set('c d e g h i j l m n o p q r s t'.split())
FINANCE = set('w x y z'.split())
pool = [c for c, n in margin_2017(('1.2', 'answer')).items() for _ in range(n)]
pool = [c for _, _, c in sorted((uniform(), i, c) for i, c in enumerate(pool))]
industry = dict(enumerate(pool))
give('1.2', industry)
size = {m: INDUSTRY[industry[m]][0] + 0.9 * normal() for m in everyone}
age = {m: 0.35 * size[m] + 0.2 * INDUSTRY[industry[m]][1] + 0.9 * normal() for m in everyone}
ripe = {m: 0.8 * INDUSTRY[industry[m]][1] + 0.25 * size[m] + 0.3 * age[m] + 0.8 * normal() for m in everyone}
team = {m: 0.45 * size[m] + 0.4 * ripe[m] + 0.8 * normal() for m in everyone}
dedicated = {m: 0.4 * ripe[m] + 0.3 * team[m] + 0.8 * normal() for m in everyone}
facets = {f: {m: normal() for m in everyone} for f in ('policy', 'escalation', 'tools', 'review', 'staff')}

oldest = sorted(everyone, key=lambda m: (-age[m], m))[:sum(n for y, n in margin_2017(('3.3.2', 'answer')).items() if y < '2016')]
panel = sorted(oldest)
panel.remove(panel[int(uniform() * len(panel))])
newer = [m for m in everyone if m not in set(panel)]


def mix(noise, *terms):
    mixed = {m: noise * normal() for m in everyone}
    for w, z in terms:
        for m in everyone:
            mixed[m] += w * z[m]
    return mixed


def give_scale(name, score, members=everyone):
    k = key(name)
    give(name, scaled(members, k, margin_2017(k), score))


give('1.1', {m: 'b' for m in everyone})
give_scale('1.3', mix(0.3, (1.0, size)))
years = deal(everyone, sorted(margin_2017(('3.3.2', 'answer')).items(), reverse=True), age)
for m, year in years.items():
    last = {'2017': 10, '2015': 9}.get(year, 12)
    month = 4 if uniform() < 0.3 else 1 + int(uniform() * last)
    answers['3.3.2', 'answer'][m] = f'{year}-{month:02d}-01'


def split(name, members, counts, how):
    """One of the questions on how the team was built, for the panel or for the others."""
    part = margin(PANEL[name])
    return how(members, part if members is panel else {c: n - part[c] for c, n in counts.items()})


def lead(members, counts):
    return place(members, counts, lambda m, c: {'g': 0.3 * size[m], 'h': 0.4 * ripe[m], 'e': 0.8 * (industry[m] == 'jj')}.get(c, 0.0))


def involved(leads, large):
    """The leading department is involved, and in a large organisation more of the others are."""
    def how(members, counts):
        return tick(members, counts, lambda m, c: FORCED * (leads[m] == c) + 0.3 * large[m], 'k', {m: 0.5 * large[m] + normal() for m in members})
    return how


for members in (panel, newer):
    give('3.1.1', split('3.1.1', members, margin_2017(('3.1.1', 'answer')), lead))
leads = answers['3.1.1', 'answer']
for members in (panel, newer):
    give('3.1.2', split('3.1.2', members, margin_2017(('3.1.2', 'answer')), involved(leads, size)))
    give('3.3.1', split('3.3.1', members, margin_2017(('3.3.1', 'answer')),
                        lambda who, counts: scaled(who, ('3.3.1', 'answer'), counts, mix(0.9, (0.5, size), (-0.2, ripe)))))
with_whom = answers['3.1.2', 'answer']
give('3.1.3', tick(everyone, margin_2017(('3.1.3', 'answer')), lambda m, c: 0.9 * (c in with_whom[m]) + 0.3 * size[m], 'k', mix(1.0, (0.5, size))))

# The team.
at_start = mix(0.5, (1.0, team))
give_scale('3.2.1', at_start)
give_scale('4.2.1', {m: at_start[m] + 0.25 * normal() for m in everyone})
give_scale('3.2.2', mix(0.7, (0.9, facets['staff']), (-0.3, team)))
give_scale('4.2.2', mix(0.5, (0.9, facets['staff']), (-0.3, team)))
LIKING = {'a': 1.0, 'b': 0.1, 'c': -1.0, 'd': 0.0}
give('3.2.3', place(everyone, margin_2017(('3.2.3', 'answer')), lambda m, c: LIKING[c] * dedicated[m]))
form_then = answers['3.2.3', 'answer']
give('4.2.3', place(everyone, margin_2017(('4.2.3', 'answer')), lambda m, c: 1.5 * LIKING[c] * dedicated[m] + 1.0 * (form_then[m] == c)))
form = answers['4.2.3', 'answer']
share = {m: dedicated[m] + {'a': 1.5, 'b': 0.0, 'c': -FORCED, 'd': 0.3}[form[m]] + 0.4 * normal() for m in everyone}
give_scale('4.2.4', share)
given_share = answers['4.2.4', 'answer']
for section in '567':
    give_scale(f'{section}.1 dedicated', {m: dedicated[m] + 0.7 * team[m] + 0.5 * normal() - FORCED * (given_share[m] == 'a') for m in everyone})
    give_scale(f'{section}.1 concurrent', {m: team[m] - 0.5 * dedicated[m] + 0.6 * normal() - FORCED * (given_share[m] == 'f') for m in everyone})
give('4.1.1', place(everyone, margin_2017(('4.1.1', 'answer')), lambda m, c: 2.2 * (leads[m] == c) + (0.3 * ripe[m] if c == 'h' else 0.0)))

# What it serves, and the PSIRT.
give('2.1', tick(everyone, margin_2017(('2.1', 'answer')), lambda m, c: 0.8 * (c == 'a' and industry[m] in ('jj', 'gg')) + 0.4 * size[m] * (c == 'c')))
give('2.3', place(everyone, margin_2017(('2.3', 'answer')),
                  lambda m, c: (c == 'a') * (1.2 * (industry[m] in MANUFACTURING) + 0.7 * (industry[m] in ('jj', 'gg')) + 0.5 * ripe[m])))
psirt = [m for m in everyone if answers['2.3', 'answer'][m] == 'a']
give('2.4', tick(everyone, margin_2017(('2.4', 'answer')), lambda m, c: 0.6 * ripe[m], 'e',
                 {m: float(answers['2.3', 'answer'][m] == 'a') for m in everyone}))
give('2.5', place(everyone, margin_2017(('2.5', 'answer')), lambda m, c: FORCED * ((c == 'e') != (m in psirt)) + 0.3 * size[m] * (c == 'c')))
give('2.2', tick(everyone, margin_2017(('2.2', 'answer')),
                 lambda m, c: 0.3 * ripe[m] + (2.5 * (m in psirt) if c == 'e' else {'c': 1.5, 'd': 1.2}.get(c, 0.0) * (industry[m] == 'jj'))))

# Contacts, schemes, formats, authority.
give('4.3.1', tick(everyone, margin_2017(('4.3.1', 'answer')), lambda m, c: 0.3 * ripe[m]))
give('4.3.2a', tick(everyone, margin_2017(('4.3.2a', 'answer')), lambda m, c: 0.3 * size[m] + 1.5 * (c == 'b' and m in psirt), 'd',
                    mix(0.9, (0.5, size), (0.4, ripe))))
contacted = [m for m in everyone if 'd' not in answers['4.3.2a', 'answer'][m]]
give('4.3.2b', tick(contacted, margin_2017(('4.3.2b', 'answer')),
                    lambda m, c: 0.3 * size[m] + 0.8 * (c == 'c' and 'c' in answers['4.3.2a', 'answer'][m])))
SCHEME = {'b': lambda i: 5.0 * (i in FINANCE), 'c': lambda i: 3.0 * (i == 'gg') + 1.0 * (i == 'jj'),
          'e': lambda i: 1.2 * (i in MANUFACTURING or i in ('hh', 'ii'))}
give('4.3.3', tick(everyone, margin_2017(('4.3.3', 'answer')), lambda m, c: 0.4 * ripe[m] + (SCHEME[c](industry[m]) if c in SCHEME else 0.0), 'f',
                   {m: 0.7 * ripe[m] + 0.7 * normal() + 3.0 * (industry[m] in FINANCE) for m in everyone}))
schemes = answers['4.3.3', 'answer']
give('4.3.4', tick(everyone, margin_2017(('4.3.4', 'answer')), lambda m, c: 0.8 * ripe[m] * (c in 'de')))
give_scale('4.3.5', mix(0.8, (0.4, ripe), (0.3, dedicated)))

# The maturity items, and what goes with them.
for name, facet, weight in ([(f'4.4.{i}', 'policy', 0.45) for i in range(2, 10)] + [(f'4.5.1.{i}', 'escalation', 0.7) for i in range(1, 5)]
                            + [('4.5.2.1', 'escalation', 0.5), ('4.5.3.1', 'escalation', 0.4)]):
    give_scale(name, mix(0.65, (0.75, ripe), (weight, facets[facet])))
give('4.4.1', place(everyone, margin_2017(('4.4.1', 'answer')),
                    lambda m, c: (ripe[m] + facets['policy'][m] * 0.5) * {'a': 0.7, 'b': -0.7, 'c': 0.0}[c]))
give('4.5.2.2', tick(everyone, margin_2017(('4.5.2.2', 'answer')),
                     lambda m, c: 0.5 * ripe[m] - FORCED * (c in 'bc' and c not in schemes[m]) + 0.8 * (c in 'ade' and c in schemes[m]),
                     may_be_empty=True))
give('4.5.3.2', tick(everyone, margin_2017(('4.5.3.2', 'answer')), lambda m, c: 0.5 * size[m] + 0.4 * age[m], may_be_empty=True))
ever = answers['4.5.3.2', 'answer']
give('4.5.3.3', tick(everyone, margin_2017(('4.5.3.3', 'answer')), lambda m, c: 0.3 * size[m] - FORCED * (c not in ever[m]),
                     may_be_empty=True))
for name, facet in (('8.1.1', 'tools'), ('8.1.2', 'tools'), ('8.1.3', 'tools'), ('8.2.1', 'review'), ('8.2.2', 'review'), ('8.3.1', 'review')):
    give_scale(name, mix(0.7, (0.6, ripe), (0.5, facets[facet])))
issuers = [m for m in everyone if answers['8.3.1', 'answer'][m] != 'f']
give_scale('8.3.2', mix(0.9, (0.3, ripe), (0.3, facets['review'])), issuers)

# The SOC.
give('4.5.4.1', place(everyone, margin_2017(('4.5.4.1', 'answer')), lambda m, c: (c == 'a') * (0.8 * size[m] + 0.6 * ripe[m])))
soc = [m for m in everyone if answers['4.5.4.1', 'answer'][m] == 'a']
for name, none in (('4.5.4.2', 'd'), ('4.5.4.3', 'e'), ('4.5.4.4', 'e')):
    give(name, place(everyone, margin_2017(key(name)), lambda m, c: FORCED * ((c == none) != (m in soc)) + 0.5 * size[m] * (c == 'a')))
give_scale('4.5.4.5 team_size', mix(0.7, (0.8, size), (0.4, team)), soc)
soc_years = mix(0.7, (0.7, age))
soc_skill = mix(0.7, (0.5, ripe), (0.4, soc_years))
for part, score in (('tenure', soc_years), ('proficiency', soc_skill)):
    give_scale(f'4.5.4.5 {part}', {m: score[m] - FORCED * (m not in soc) for m in everyone})

# The services.  One order says who does not do a service, whichever of the three counts is taken, so that the parts differ as little as the counts allow.
breadth = mix(0.6, (0.6, ripe), (0.4, team))
for q in services:
    does = mix(0.8, (0.7, breadth))
    order = sorted(everyone, key=lambda m: (does[m], m))
    counts = {part: margin_2017((q, part)) for part in ('implementer', 'tenure', 'proficiency')}
    give(f'{q} implementer', tick(everyone, counts['implementer'],
                                  lambda m, c: {'a': 0.6 * team[m], 'b': 0.5 * size[m], 'c': 0.3 * size[m] - 0.3 * team[m]}.get(c, 0.0), 'd', does))
    undone = {'tenure': order[:counts['tenure']['f']], 'proficiency': order[:counts['proficiency']['d']]}
    # Printed blocks that do not add up leave the rest without an answer: in both blocks the same, then first who would have contradicted the other block.
    short = {part: N - sum(counts[part].values()) for part in undone}
    done = sorted((m for m in everyone if not any(m in u for u in undone.values())), key=lambda m: (uniform(), m))
    both = min(short.values())
    silent = {}
    for part, other in (('tenure', 'proficiency'), ('proficiency', 'tenure')):
        doubtful = [m for m in undone[other] if m not in undone[part]]
        silent[part] = done[:both] + (doubtful + done[both:])[:short[part] - both]
    since = {m: 0.8 * age[m] + 0.2 * ripe[m] + 0.6 * normal() for m in everyone}
    skill = {m: 0.55 * ripe[m] + 0.5 * since[m] + 0.6 * normal() for m in everyone}
    for part, score in (('tenure', since), ('proficiency', skill)):
        not_done = set(undone[part])
        asked = [m for m in everyone if m not in silent[part]]
        give(f'{q} {part}', scaled(asked, (q, part), counts[part], {m: score[m] - FORCED * (m in not_done) for m in asked}))

# 2015: the panel two years earlier, and eight that have left since, each made from a member of the panel.
donors = sorted(panel, key=lambda m: (uniform(), m))[:LEFT]
of = dict(enumerate(panel + donors))
then = {k: {} for k in parts}
SAME = {'1.2', '1.3', '3.1.1', '3.1.2', '3.1.3', '3.2.1', '3.2.2', '3.2.3', '3.3.1', '3.3.2'}
SYMMETRIC = {'4.2.2', '4.2.4', '8.3.2', '5.1', '6.1', '7.1'}
RULE = {
    'none': 'not asked: the options are fiscal years after the wave',
    'same': "the panel's answer of 2017, since it is about how or when the team was built, or hardly changes",
    'step': "the panel's answer of 2017 moved back: down with chance 0.35, by two with 0.08, up with 0.08",
    'both': "the panel's answer of 2017, moved one down or up with chance 0.15 each",
    'set': "the panel's answer of 2017: each option dropped with chance 0.2, each other option added with 0.04",
    'service': "the panel's service of 2017 two years earlier: begun since, it is not done; years shortened, proficiency one lower with chance 0.4",
    'code': "the panel's answer of 2017, drawn anew with chance 0.15",
    'incidents': "of the incidents that the panel had handled by 2017 each with chance 0.75; of these in the past year with chance 0.6",
    'routed': "as 2017 where it still applies, a PSIRT or SOC of 2017 may not have been there yet; else not applicable or no answer",
}


def back(scale, code, down=0.35, two=0.08, up=0.08, floor=0):
    levels = scales[scale]
    u = uniform()
    if code not in levels:
        return code
    i = levels.index(code)
    i += -2 if u < two else -1 if u < two + down else 1 if u > 1 - up else 0
    return levels[max(floor, min(i, len(levels) - 1))]


def thin(chosen, every, apart=None):
    kept = {c for c in every if (c in chosen and uniform() > 0.2) or (c not in chosen and c != apart and uniform() < 0.04)}
    if apart in kept and len(kept) > 1:
        kept.discard(apart)
    return kept


def transition(k):
    """Rule of a part, and its answers of 2015 by number."""
    q, part = k
    now = {i: answers[k].get(m) for i, m in of.items()}
    every = options[k]
    if q == '1.1':
        return 'none', {i: None for i in of}
    if q in SAME:
        return 'same', now
    if kind[k] == 'multiple' and q not in ('2.4', '4.5.3.2', '4.5.3.3'):
        given = {i: None if now[i] is None else thin(now[i], every, exclusive.get(k)) for i in of}
        if q not in ('4.5.2.2',):
            given = {i: s if s or s is None else ({exclusive[k]} if k in exclusive else set(now[i])) for i, s in given.items()}
        return 'set', given
    if q in ('4.5.3.2', '4.5.3.3'):
        limit = then['4.5.3.2', 'answer'] if q == '4.5.3.3' else now
        return 'incidents', {i: {c for c in every if c in limit[i] and uniform() < (0.75 if q == '4.5.3.2' else 0.6)} for i in of}
    if kind[k] == 'single nominal':
        return 'code', {i: c if uniform() > 0.15 else every[int(uniform() * len(every))] for i, c in now.items()}
    if q in SYMMETRIC:
        return 'both', {i: c if c is None else back(scale_of[k], c, 0.15, 0.0, 0.15) for i, c in now.items()}
    return 'step', {i: c if c is None else back(scale_of[k], c) for i, c in now.items()}


rules = {}
for k in parts:
    if k[0] not in services and not k[0].startswith('4.5.4'):
        rules[k], then[k] = transition(k)
left = [i for i in of if i >= len(panel)]
then['3.1.1', 'answer'].update(place(left, margin(LEFT_SINCE['3.1.1']), lambda m, c: 0.0))
then['3.1.2', 'answer'].update(involved(then['3.1.1', 'answer'], {i: size[m] for i, m in of.items()})(left, margin(LEFT_SINCE['3.1.2'])))
then['3.3.1', 'answer'].update(scaled(left, ('3.3.1', 'answer'), margin(LEFT_SINCE['3.3.1']), {m: normal() for m in left}))

# A team was not smaller than at its start.
for i, c in then['4.2.1', 'answer'].items():
    then['4.2.1', 'answer'][i] = max(c, then['3.2.1', 'answer'][i])

for name in ('4.1.1', '4.3.5'):
    k = key(name)
    counts = {c: n for codes, n in known[2015][k].items() for c in codes} | margin(ASSUMED_2015[name][0])
    if kind[k] == 'single nominal':
        then[k] = place(list(of), counts, lambda i, c: 2.5 * (answers[k][of[i]] == c))
    else:
        rank = ['d', *scales[scale_of[k]]].index
        then[k] = scaled(list(of), k, counts, {i: rank(answers[k][m]) + 0.8 * normal() for i, m in of.items()})

# Parts that hang on others.
psirt_then = then['2.3', 'answer']
for i, m in of.items():
    had = answers['2.3', 'answer'][m] == 'a'
    psirt_then[i] = 'a' if had and uniform() < 0.8 else 'b'
    then['2.4', 'answer'][i] = (thin(answers['2.4', 'answer'][m], 'abc') or {'a'}) if psirt_then[i] == 'a' else {'e'}
    then['2.5', 'answer'][i] = answers['2.5', 'answer'][m] if psirt_then[i] == 'a' else 'e'
    if 'd' in then['4.3.2a', 'answer'][i]:
        then['4.3.2b', 'answer'][i] = None
    elif then['4.3.2b', 'answer'][i] is None:
        then['4.3.2b', 'answer'][i] = {'c'}
    if then['8.3.1', 'answer'][i] == 'f':
        then['8.3.2', 'answer'][i] = None
    elif then['8.3.2', 'answer'][i] is None:
        then['8.3.2', 'answer'][i] = 'a'
    works = answers['4.5.4.1', 'answer'][m] == 'a' and answers['4.5.4.5', 'tenure'][m] != 'a' and uniform() < 0.9
    then['4.5.4.1', 'answer'][i] = 'a' if works else 'b'
    for q, none in (('4.5.4.2', 'd'), ('4.5.4.3', 'e'), ('4.5.4.4', 'e')):
        then[q, 'answer'][i] = answers[q, 'answer'][m] if works else none
    then['4.5.4.5', 'team_size'][i] = back('team_size', answers['4.5.4.5', 'team_size'][m]) if works else None
    then['4.5.4.5', 'tenure'][i] = {'b': 'a', 'c': 'b', 'd': 'c' if uniform() < 0.4 else 'd', 'e': 'e'}[answers['4.5.4.5', 'tenure'][m]] if works else 'f'
    then['4.5.4.5', 'proficiency'][i] = back('proficiency', answers['4.5.4.5', 'proficiency'][m], 0.4, 0.0, 0.0, floor=1) if works else 'd'
for k in parts:
    if k[0].startswith('4.5.4') or k[0] in ('2.3', '2.4', '2.5', '4.3.2b', '8.3.2'):
        rules[k] = 'routed'


def service_2015(q):
    who, years, skill = ({i: answers[q, part].get(m) for i, m in of.items()} for part in ('implementer', 'tenure', 'proficiency'))
    sets = {}
    for i in of:
        began = years[i] in (None, 'a', 'f') or (years[i] == 'b' and uniform() < 0.25)
        sets[i] = {'d'} if 'd' in who[i] or began else thin(who[i], 'abc') or set(who[i])
    figures = known[2015].get((q, 'implementer'), {})
    if figures:
        # Published: how many in house (team or another department), and outside.
        house, outside = figures[frozenset('ab')], figures.get(frozenset('c'))
        near = {i: 1.5 * bool(sets[i] & {'a', 'b'}) + 0.7 * bool(who[i] & {'a', 'b'}) + 0.3 * normal() for i in of}
        inside = sorted(of, key=lambda i: (-near[i], i))[:house]
        near = {i: 1.5 * ('c' in sets[i]) + 0.7 * ('c' in who[i]) + 0.3 * normal() for i in of}
        bought = sorted(of, key=lambda i: (-near[i], i))[:outside] if outside else [i for i in of if 'c' in sets[i]]
        for i in of:
            own = (sets[i] & {'a', 'b'} or who[i] & {'a', 'b'} or {'a'}) if i in inside else set()
            sets[i] = own | ({'c'} if i in bought else set()) or {'d'}
    for i in of:
        done = 'd' not in sets[i]
        then[q, 'implementer'][i] = sets[i]
        earlier = {'b': 'a', 'c': 'b', 'd': 'c' if uniform() < 0.4 else 'd', 'e': 'e'}
        then[q, 'tenure'][i] = earlier.get(years[i], 'a') if done else 'f'
        then[q, 'proficiency'][i] = ('a' if skill[i] in (None, 'd') else back('proficiency', skill[i], 0.4, 0.0, 0.0, floor=1)) if done else 'd'
    for part in ('implementer', 'tenure', 'proficiency'):
        rules[q, part] = 'service'


for q in services:
    service_2015(q)


# Writing.
def shown(k, value):
    if value is None:
        return ''
    return '{' + ','.join(c for c in options[k] if c in value) + '}' if kind[k] == 'multiple' else value


def column(k):
    return 'q' + k[0].replace('.', '_') + ('' if k[1] == 'answer' else '_' + k[1])


def write(out, name, header, rows):
    with open(os.path.join(out, name), 'w', encoding='utf-8', newline='') as f:
        writer = csv.writer(f, lineterminator='\n')
        writer.writerow(header)
        writer.writerows(rows)


def assumed(wave, given, ids, reason):
    """Rows of synthetic_assumed.csv: counts of the options that no published figure covers alone, and of no answer."""
    for k in parts:
        fixed = {c for codes in known[wave].get(k, {}) if len(codes) == 1 for c in codes} if k[0] not in SUSPECT else set()
        found = collections.Counter(c for i in ids for c in ([] if given[k].get(i) is None else given[k][i] if kind[k] == 'multiple' else [given[k][i][:4]]))
        every = options[k] or sorted(found)
        for c in every:
            if c not in fixed:
                yield wave, *k, c, found[c], reason(k, c)
        silent = sum(given[k].get(i) is None for i in ids)
        if silent and not (wave == 2017 and k in known[2017]):
            yield wave, *k, '', silent, 'no answer: ' + reason(k, '')


def reason_2017(k, code):
    if k == ('3.3.2', 'answer') and code in ('2016', '2017'):
        return SUSPECT['3.3.2']
    return ASSUMED[k[0] if k[1] == 'answer' else ' '.join(k)][1]


def reason_2015(k, code):
    if k[0] in ASSUMED_2015:
        return ASSUMED_2015[k[0]][1]
    if k[0] in LEFT_SINCE:
        return RULE['same'] + '; chosen with what was published of 2015 in view'
    if k in known[2015] and k[0] in services:
        return RULE['service'] + '; chosen so that the published figures hold'
    return RULE[rules[k]]


def main(out):
    header = ['organisation'] + [column(k) for k in parts]
    names = {m: f'S{m + 1:03d}' for m in everyone}
    write(out, 'synthetic_2017.csv', header, [[names[m]] + [shown(k, answers[k].get(m)) for k in parts] for m in everyone])
    names_2015 = {i: names[m] if i < len(panel) else f'S{N + 1 + i - len(panel):03d}' for i, m in of.items()}
    write(out, 'synthetic_2015.csv', header, [[names_2015[i]] + [shown(k, then[k].get(i)) for k in parts] for i in of])
    write(out, 'synthetic_assumed.csv', ['wave', 'question', 'part', 'code', 'n', 'reason'],
          [*assumed(2015, then, of, reason_2015), *assumed(2017, answers, everyone, reason_2017)])


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit('usage: make_synthetic.py OUT')
    main(sys.argv[1])
