/**
 * SQL that Athena's engine (Trino) and DuckDB both read, and read alike. Constructs that differ were found by running each on
 * both; the rows of every step are compared by `npm run test:trino`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TrinoSQL } from 'dt-sql-parser'
import { build } from 'esbuild'
import { root } from './fixture-tree.ts'

type Grammar = Pick<TrinoSQL, 'validate'>

export const trinoGrammar = (): Promise<Grammar> => grammarOf('trino', 'TrinoSQL')
/** In which Athena declares tables over files. */
export const hiveGrammar = (): Promise<Grammar> => grammarOf('hive', 'HiveSQL')

/** Its files import folders and leave out endings, which Node does not resolve: they are bundled first. */
async function grammarOf(dialect: string, name: string): Promise<Grammar> {
  const folder = mkdtempSync(join(tmpdir(), 'counterflow-grammar-'))
  try {
    const outfile = join(folder, 'grammar.mjs')
    const contents = `export { ${name} as Sql } from 'dt-sql-parser/dist/parser/${dialect}'`
    await build({ stdin: { contents, resolveDir: root }, outfile, bundle: true, format: 'esm', platform: 'node' })
    const bundle = (await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { Sql: new () => Grammar }
    return new bundle.Sql()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Rule = readonly [pattern: RegExp, instead: string]

/** Of the text without comments and without what stands in quotes. */
const RULES: readonly Rule[] = [
  [/::/, 'cast(x as t)'],
  [/\bqualify\b/, 'a subquery with row_number()'],
  [/\bgroup\s+by\s+all\b/, 'group by 1, 2'],
  [/\bignore\s+nulls\b/, 'max(x) over (partition by g), g = count(x) over (order by i)'],
  [/\bat\s+time\s+zone\b/, 'instants in run: engines differ'],
  [/\busing\s*\(/, 'join ... on'],
  [/\bvarchar\s*\(/, 'substr'],
  [/\bas\s+(int|integer|smallint|tinyint|hugeint|float|real)\s*\)/, 'bigint, after round(); double'],
  [/\bavg\s*\((?!\s*cast\b)/, 'avg(cast(x as double)): decimals keep their scale on one engine'],
  [/\/(?!\s*(nullif\b|\d+(\.\d*)?e\d))/, '/ nullif(y, 0), or / 2e0: 7 / 2 is 3 or 3.5'],
  [/(?<!\bmod\(\s*)\bextract\s*\(\s*dow\b/, 'mod(extract(dow from d), 7): Sunday is 0 or 7'],
  [
    /\b(date_add|date_format|date_parse|from_unixtime|strftime|strptime|json_extract_scalar|json_extract_string)\s*\(/,
    'typed columns: one engine lacks it',
  ],
  [
    /\b(regexp_like|regexp_matches|regexp_replace|split_part|string_agg|listagg|array_join)\s*\(/,
    'strpos, replace, substr',
  ],
  [/\b(sequence|generate_series|range)\s*\(/, 'unnest(array[0, ..., 9]), crossed'],
  [/\b(median|mode|quantile\w*|percentile_cont|approx_\w+)\s*\(/, 'row_number(), count(distinct x)'],
  [/\b(max_by|min_by|arg_max|arg_min|any_value|arbitrary|first|last)\s*\(/, 'row_number() = 1, max'],
  [/\b(concat|greatest|least)\s*\(/, 'coalesce first: NULLs differ'],
  [/\b(isodow|dayofweek|day_of_week|year_of_week|isoyear)\s*\(/, 'mod(extract(dow from d), 7)'],
  [
    /\b(now|random|rand|uuid|gen_random_uuid)\s*\(|\bcurrent_(date|time|timestamp)\b/,
    'run: a step is done again with the same outcome',
  ],
  [/\(\s*distinct\b[^()]*\)\s*over\b|\bfilter\s*\([^()]*\)\s*over\b/, 'sum(case ...) over'],
  [/;/, 'one SELECT'],
]
/** Of the text as it is. */
const QUOTED_RULES: readonly Rule[] = [
  [/\btimestamp\s*'[^']*[A-Za-z][^']*'/, 'a timestamp without a zone'],
  [/[<>=]\s*'\d{4}-\d{2}-\d{2}/, "date '2026-03-02': text is not compared with a date"],
]

/** What is not portable in one SELECT, with what to write instead. */
export function unportable(sql: string, grammar: Grammar): string[] {
  const plain = sql.replaceAll(/--.*$/gm, '').toLowerCase()
  const bare = plain.replaceAll(/'(?:[^']|'')*'/g, "''")
  const found = [
    ...RULES.flatMap(([pattern, instead]) => said(bare, pattern, instead)),
    ...QUOTED_RULES.flatMap(([pattern, instead]) => said(plain, pattern, instead)),
  ]
  if (!/^\s*(select|with)\b/.test(bare)) found.push('it is no SELECT')
  // The grammar takes its time: it is asked about what passes the rules.
  if (found.length > 0) return found
  return grammar.validate(sql).map(({ startLine, message }) => `line ${startLine}: Trino: ${message}`)
}

function said(text: string, pattern: RegExp, instead: string): string[] {
  const match = pattern.exec(text)
  return match === null ? [] : [`${match[0].trim()}: write ${instead}`]
}
