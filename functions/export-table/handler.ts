import { PARQUET } from '#core/api/export.ts'
import { answeringWarehouse } from '#runtime/answering-warehouse.ts'
import { isNamedIn } from '#runtime/entity-tag.ts'
import { findExport, makeExport } from '#runtime/export-table.ts'
import { httpHandler, viewerIn } from '#runtime/http-handler.ts'
import { objectReply } from '#runtime/object-reply.ts'
import { sqlFile } from '#runtime/warehouse-sql.ts'

/** A table of the warehouse as Parquet: the rows that whoever asks may see. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  const { objects } = ports
  const found = await findExport(objects, viewer, request.params.file ?? '')
  const headers = { etag: `W/"${found.tag}"`, 'cache-control': 'private, no-cache' }
  if (isNamedIn(request.headers['if-none-match'], headers.etag)) return { statusCode: 304, headers }
  const name = await makeExport({ ...ports, warehouse: answeringWarehouse(ports), sql: sqlFile }, viewer, found)
  return objectReply(objects, { name, type: PARQUET, fileName: `${found.table.name}.parquet` }, headers)
})
