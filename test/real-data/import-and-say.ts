/** Imports a file into a data folder and says so after each batch, until it is killed: `import-and-say.ts FILE DATA`. */
import { openDoor } from '#local/import/collect-door.ts'
import { importOnlineRetail, openOnlineRetail } from '#local/import/import-online-retail.ts'

const [path, data] = process.argv.slice(2) as [string, string]
const door = await openDoor(data)
await importOnlineRetail(await openOnlineRetail(path), door, {
  scratchFolder: data,
  onProgress: (bytes) => console.log(bytes),
})
await door.close()
