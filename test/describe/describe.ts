/** `npm run describe`: makes anew what is made from the API's schemas. */
import { writeDescribed } from './described.ts'

for (const file of await writeDescribed()) console.log(file)
