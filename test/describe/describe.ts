/** `npm run describe`: makes anew what is made from the API's schemas, the warehouse's tables and the learners' kernel. */
import { writeDescribed } from './described.ts'

for (const file of await writeDescribed()) console.log(file)
