import type { ReorderDetails } from '#core/api/reorders.ts'
import { lineNote, lineValue } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { words } from './words.ts'

type Props = { readonly lines: ReorderDetails['lines']; readonly currency: string }

/** The numbers that an answer is made of, one below the other, in words. */
export function Arithmetic({ lines, currency }: Props) {
  return (
    <table className={classes.lines}>
      <thead>
        <tr>
          <th scope="col">{words.lineHead.what}</th>
          <th scope="col" data-number>
            {words.lineHead.value}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.what} data-result={line.what === 'quantity' || undefined}>
            <th scope="row">
              {words.lines[line.what]}
              {lineNote(line) !== '' && <span className={classes.light}> {lineNote(line)}</span>}
            </th>
            <td data-number>{lineValue(line, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
