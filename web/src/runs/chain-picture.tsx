import { useId } from 'react'
import type { Picture } from './prepare-picture.ts'
import classes from './runs.module.css'
import { words } from './words.ts'

/** The chain as its definition says, each state with how it stands. On a phone the list of states says the same. */
export function ChainPicture({ picture }: { readonly picture: Picture }) {
  const arrow = useId()
  const { width, height, nodes, ways, done, all } = picture
  return (
    <svg
      className={classes.picture}
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: width }}
      role="img"
      aria-label={`${words.picture.said(done, all)}. ${words.picture.hidden}`}
    >
      <defs>
        <marker id={arrow} viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">
          <path d="M0 0L6 3L0 6z" className={classes.head} />
        </marker>
      </defs>
      {ways.map(({ key, path, onFailure }) => (
        <path
          key={key}
          d={path}
          className={classes.way}
          data-failure={onFailure || undefined}
          markerEnd={`url(#${arrow})`}
        />
      ))}
      {nodes.map(({ name, x, y, status, isQuiet, said, width: wide, height: high }) => (
        <g key={name} className={classes.node} data-status={status} data-quiet={isQuiet || undefined}>
          <rect x={x} y={y} width={wide} height={high} rx={isQuiet ? high / 2 : 6} />
          <text x={x + wide / 2} y={y + (said === '' ? high / 2 + 4 : 19)}>
            {name}
          </text>
          {said !== '' && (
            <text x={x + wide / 2} y={y + 36} className={classes.nodeSaid}>
              {said}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
