/**
 * What is made from declarations and committed: examples with their answers, what fields mean, and the dashboard's types, from the
 * API's schemas; the warehouse's part of the data model and what analysts' tools read of it, from its tables; what the audit may
 * say, from its kinds; the learners' kernel, from AssemblyScript.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTypes, { astToString } from 'openapi-typescript'
import { openApi } from '#core/api/openapi.ts'
import type { Described } from '#core/api/recorded-examples.ts'
import { manifest } from '#functions/manifest.ts'
import { athenaText } from './athena-text.ts'
import { withAuditKinds } from './audit-section.ts'
import { compiledKernel } from './compile-kernel.ts'
import { semanticModel } from './power-bi/semantic-model.ts'
import { readComments } from './read-comments.ts'
import { recordExamples } from './record-examples.ts'
import { withWarehouse } from './warehouse-section.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const EXAMPLES_FILE = 'layers/core/api/recorded-examples.gen.json'
const MEANINGS_FILE = 'layers/core/api/meanings.gen.json'
const TYPES_FILE = 'web/src/reach/api.gen.d.ts'
const KERNEL_FILE = 'models/learners/simd-kernel.gen.ts'
const DATA_MODEL = 'docs/data-model.md'
const PEOPLE = 'docs/people.md'

const HEAD = '/** Made from the API’s schemas by `npm run describe`: change those, not this. */\n'

/** Each file with the text that it is to have. */
export async function describedFiles(): Promise<{ readonly file: string; readonly text: string }[]> {
  const described = { examples: await recordExamples(), meanings: readComments() }
  return [
    { file: EXAMPLES_FILE, text: `${JSON.stringify(described.examples, null, 1)}\n` },
    { file: MEANINGS_FILE, text: `${JSON.stringify(described.meanings, null, 1)}\n` },
    { file: TYPES_FILE, text: await typesOf(described) },
    { file: KERNEL_FILE, text: await compiledKernel() },
    { file: DATA_MODEL, text: withWarehouse(textNow(DATA_MODEL)) },
    { file: PEOPLE, text: withAuditKinds(textNow(PEOPLE)) },
    ...semanticModel(),
    ...athenaText(),
  ]
}

async function typesOf(described: Described): Promise<string> {
  const document = structuredClone(openApi(manifest.routes, described)) as Parameters<typeof openapiTypes>[0]
  return HEAD + astToString(await openapiTypes(document, { alphabetize: true }))
}

export const textNow = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

export async function writeDescribed(): Promise<string[]> {
  const files = await describedFiles()
  for (const { file, text } of files) {
    mkdirSync(dirname(join(ROOT, file)), { recursive: true })
    writeFileSync(join(ROOT, file), text)
  }
  return files.map(({ file }) => file)
}
