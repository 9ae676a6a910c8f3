import {
  IMPORT_KINDS,
  type ImportKind,
  importAnswer,
  importPreviewAnswer,
  importPreviewRequest,
  importRequest,
  importsAnswer,
} from '#core/api/imports.ts'
import { mapColumns } from '#core/imports/map-columns.ts'
import { bodyIn, HttpError, httpHandler, json, unprocessable, viewerIn } from '#runtime/http-handler.ts'
import { beginRun, countPart, listRuns } from '#runtime/import-runs.ts'
import { listWindow } from '#runtime/list-window.ts'
import { freshnessAt } from '#runtime/read-lag.ts'
import { previewRows } from './preview-rows.ts'
import { takeRows } from './take-rows.ts'

/** Rows of a merchant's own tables, a part of a file at a time. */
export const handler = httpHandler((ports) => async (request) => {
  const viewer = viewerIn(request)
  switch (request.route) {
    case 'GET /imports': {
      const nowMs = ports.clock.now()
      const fresh = await freshnessAt(ports, nowMs)
      const window = await listWindow(ports.state, viewer, { toMs: nowMs })
      return json(200, importsAnswer.parse({ ...fresh, window, ...(await listRuns(ports.state, viewer, request)) }))
    }
    case 'POST /imports/preview':
      return json(
        200,
        importPreviewAnswer.parse(await previewRows(ports, viewer, bodyIn(request, importPreviewRequest))),
      )
    default: {
      const kind = kindNamed(request.params.kind!)
      const asked = bodyIn(request, importRequest)
      const mapped = mapColumns(kind, asked.mapping, asked.columns)
      if (!mapped.ok) return unprocessable(mapped.problems.map(inMapping))
      await beginRun(ports, viewer, kind, asked)
      const answer = await takeRows(ports, viewer, mapped.value, asked)
      await countPart(ports, viewer, kind, asked, answer)
      return json(200, importAnswer.parse(answer))
    }
  }
})

function kindNamed(name: string): ImportKind {
  const kind = IMPORT_KINDS.find((each) => each === name)
  if (kind === undefined) throw new HttpError(404, `Nobody can import ${name}: there are ${IMPORT_KINDS.join(', ')}`)
  return kind
}

const inMapping = ({ field, message }: { field: string; message: string }) => ({
  field: field === '' ? 'mapping' : `mapping.${field}`,
  message,
})
