/** What the stacks of a stage say of themselves, as JSON into a file: `write-outputs.ts STAGE FILE`. */
import { writeFileSync } from 'node:fs'
import { outputsOf } from './stack-outputs.ts'

const [stage = '', file = ''] = process.argv.slice(2)
writeFileSync(file, JSON.stringify(await outputsOf(stage)))
