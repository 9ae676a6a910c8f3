import { afterChange } from '../format/format-change.ts'
import { formatNumber } from '../format/format-number.ts'
import { PageLink } from '../frame/page-link.tsx'
import { useTint } from '../frame/use-tint.ts'
import { DownIcon, SameIcon, UpIcon } from '../icons.tsx'
import type { RankedPart, RankedRow, RankedSpec } from './chart-spec.ts'
import classes from './ranked-bars.module.css'
import { lengthsOf } from './ranked-lengths.ts'
import { figureText, shareText, tellValue } from './tell-value.ts'
import { words } from './words.ts'

/** Names with a figure each. A row keeps its place in the page while its bar grows; a link leads to what it is about. */
export function RankedBars({ spec }: { readonly spec: RankedSpec }) {
  const lengths = lengthsOf(spec.rows)
  const legend = [...(spec.legend ?? []), ...partsOf(spec.rows)]
  return (
    <>
      <ol className={classes.list}>
        {spec.rows.map((row, at) => (
          <Row key={row.key} row={row} spec={spec} length={lengths[at]!} />
        ))}
      </ol>
      {legend.length > 0 && (
        <ul className={classes.legend}>
          {legend.map(({ name, colour }) => (
            <li key={name}>
              <span style={{ background: `var(--${colour})` }} />
              {name}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Each kind of part once. */
const partsOf = (rows: readonly RankedRow[]): RankedPart[] => [
  ...new Map(rows.flatMap(({ parts }) => parts ?? []).map((part) => [part.key, part])).values(),
]

const ways = { up: UpIcon, down: DownIcon, same: SameIcon } as const

type Props = {
  readonly row: RankedRow
  readonly spec: RankedSpec
  /** Of the room there is, 0 to 1. */
  readonly length: number
}

function Row({ row, spec: { unit, than }, length }: Props) {
  const { name, about, value, change, share, colour, to, parts } = row
  const figure = value === null ? words.unknown : figureText(value, unit)
  const figureRef = useTint<HTMLSpanElement>(figure)
  const Way = change && ways[change.way]
  const told = [
    value === null ? words.unknown : tellValue(value, unit),
    share == null ? '' : shareText(share),
    change ? `${change.text} ${afterChange(change, than)}`.trim() : '',
    ...(parts ?? []).map((part) => `${part.name}: ${tellValue(part.value, unit)}`),
  ]
  return (
    <li className={classes.row} title={told.filter(Boolean).join(', ')}>
      <span className={classes.name}>
        {to === undefined ? name : <PageLink to={to}>{name}</PageLink>}
        {about !== undefined && <span className={classes.about}> {about}</span>}
      </span>
      <span className={classes.figures}>
        {change && Way && (
          <span className={classes.change} data-verdict={change.verdict ?? undefined}>
            <Way size={12} />
            {change.text}
            <span className={classes.spoken}>{` ${change.verdict ?? ''} ${afterChange(change, than)}`}</span>
          </span>
        )}
        {share != null && <span className={classes.share}>{shareText(share)}</span>}
        <span className={classes.value} ref={figureRef}>
          {figure}
        </span>
      </span>
      <span className={classes.track} aria-hidden="true">
        {parts === undefined ? (
          <span
            className={classes.bar}
            data-below={(value ?? 0) < 0 || undefined}
            style={{ width: percent(length), background: `var(--${(value ?? 0) < 0 ? 'below' : colour})` }}
          />
        ) : (
          parts.map((part) => (
            <span
              key={part.key}
              className={classes.bar}
              style={{
                width: percent(value ? (length * part.value) / value : 0),
                background: `var(--${part.colour})`,
              }}
            />
          ))
        )}
      </span>
    </li>
  )
}

/** For a style: never in the reader's digits. */
const percent = (part: number): string =>
  formatNumber(part * 100, { maximumFractionDigits: 2, useGrouping: false }, 'en') + '%'
