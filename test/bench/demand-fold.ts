/**
 * One fold of `demand-bench.ts`: `demand-fold.ts SET ORIGIN FILE`, in a process of its own. Writes what every member forecast
 * into the file, as `node:v8` serialises it, and its progress by lines to stdout.
 */
import { writeFileSync } from 'node:fs'
import { serialize } from 'node:v8'
import { forecastMembers } from '../../models/demand/demand-members.ts'
import { DEMAND_SETS, type DemandSetName } from './demand-data.ts'

const [set, origin, file] = process.argv.slice(2) as [DemandSetName, string, string]
const panel = DEMAND_SETS[set].read()
if (!panel) throw new Error(`the data of ${set} is absent`)
const members = forecastMembers(panel, Number(origin), (name) => void process.stdout.write(`${name}\n`))
writeFileSync(file, serialize(members))
