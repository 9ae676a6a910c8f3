import type { Warehouse } from '#core/ports.ts'
import { HttpError } from './http-handler.ts'
import type { Ports } from './ports.ts'

/** The one that questions go to, beside what chains write. @throws HttpError 404 where the host has none. */
export function answeringWarehouse({ exports: warehouse }: Pick<Ports, 'exports'>): Warehouse {
  if (warehouse === undefined) throw new HttpError(404, 'Nothing here can ask the warehouse')
  return warehouse
}
