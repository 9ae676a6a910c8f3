import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { counterflow } from '#local/program.ts'
import { root } from './fixture-tree.ts'
import { namedIn, wrongInGuide } from './guides.ts'

const named = namedIn(root, counterflow())
const guides = globSync(['*.md', '{cdk,docs,functions,layers,local,models,test,web}/**/*.md', '.github/**/*.yml'], {
  cwd: root,
  exclude: ['**/node_modules/**', '**/dist/**'],
})

test('guides and workflows name what is there', () => {
  expect(guides.length).toBeGreaterThan(80)
  const wrong = guides.flatMap((file) =>
    wrongInGuide(file, readFileSync(join(root, file), 'utf8'), named).map((it) => `${file}: ${it}`),
  )
  expect(wrong).toEqual([])
})

test.each([
  ['npm run deploi', 'there is no script deploi: npm run deploi'],
  ['`npm run test:clouds`', 'there is no script test:clouds: npm run test:clouds'],
  ['npm run cost -- --event-per-day 5', 'cost has no --event-per-day: npm run cost -- --event-per-day 5'],
  ['npm run -s bench -- memory --deta /tmp/x', 'bench has no --deta: npm run -s bench -- memory --deta /tmp/x'],
  ['npm run bench -- cloud -- --events 5', 'options come after one `--`: npm run bench -- cloud -- --events 5'],
  ['npm test -- --projekt unit', 'test has no --projekt: npm test -- --projekt unit'],
  ['npx counterflow tokens create', 'there is no command tokens: npx counterflow tokens create'],
  ['npx counterflow token make', 'there is no command make: npx counterflow token make'],
  ['npx counterflow token create \\\n  --right x', 'create has no --right: npx counterflow token create   --right x'],
  ['[a page](no-page.md#there)', 'a link leads nowhere: docs/no-page.md'],
  ['`cdk/no-file.ts`', 'there is no cdk/no-file.ts'],
  ['`test/no-*.ts`', 'there is no test/no-*.ts'],
])('%j is found', (guide, said) => {
  expect(wrongInGuide('docs/guide.md', guide, named).map((it) => it.replaceAll(/ +/g, ' '))).toEqual([
    said.replaceAll(/ +/g, ' '),
  ])
})

test.each([
  'npm run cost -- --events-per-day 5 --json, and npm test',
  'npm run destroy -- --env dev --force # or -f',
  'npx counterflow import csv FILE --map M.json --dry-run | tail',
  '[the API](api.md#top) and [elsewhere](https://example.com/x) and `cdk/*.ts`',
])('%j is there', (guide) => expect(wrongInGuide('docs/guide.md', guide, named)).toEqual([]))
