import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from './fixture-tree.ts'
import { visibleWords } from './visible-words.ts'

test.each([
  '<p>Try again</p>',
  '<p>{count} orders</p>',
  '<button>{busy ? "Sending" : words.send}</button>',
  `<p>{late && \`\${count} late\`}</p>`,
  '<p>{name ?? "nobody"}</p>',
  '<p>{("so far")}</p>',
  '<a title="Open it">{name}</a>',
  `<a aria-label={\`Open \${name}\`}>{name}</a>`,
  '<input placeholder="Europe/London" />',
])('%s is found', (source) => {
  expect(visibleWords(source)).toHaveLength(1)
})

test.each([
  '<p>{words.tryAgain}</p>',
  '<p>{count}, {sum} – {unit} ×</p>',
  '<p className={isLate ? "late" : "good"} data-way="in" id="sales">{text}</p>',
  '<input name="refunds" type="radio" />',
  '<p>{way === "in" ? words.came : words.went}</p>',
  '<p>{texts.join(", ")}</p>',
])('%s is not', (source) => {
  expect(visibleWords(source)).toEqual([])
})

test('what the dashboard says stands in its places for words', () => {
  const files = globSync('web/src/**/*.tsx', { cwd: root })
  expect(files.length).toBeGreaterThan(100)
  const found = files.flatMap((file) =>
    visibleWords(readFileSync(join(root, file), 'utf8')).map((finding) => `${file}:${finding}`),
  )
  expect(found).toEqual([])
})
