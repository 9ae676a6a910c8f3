import { openApi } from '#core/api/openapi.ts'
import { httpHandler, json } from '#runtime/http-handler.ts'

/** The API's description, made from its schemas. */
export const handler = httpHandler(() => {
  const description = openApi()
  return async () => json(200, description)
})
