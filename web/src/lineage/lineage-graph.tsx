import classes from './lineage.module.css'
import type { Graph } from './prepare-graph.ts'

type Props = { readonly graph: Graph; readonly label: string }

/** On a phone, and for those who do not see it, the list says the same. */
export const LineageGraph = ({ graph: { width, height, nodeWidth, nodeHeight, nodes, ways }, label }: Props) => (
  <svg
    className={classes.graph}
    viewBox={`0 0 ${width} ${height}`}
    style={{ maxWidth: width }}
    role="img"
    aria-label={label}
  >
    {ways.map(({ key, path }) => (
      <path key={key} d={path} className={classes.way} />
    ))}
    {nodes.map(({ id, kind, isOff, x, y, name, said }) => (
      <g key={id} className={classes.node} data-kind={kind} data-off={isOff || undefined}>
        <rect x={x} y={y} width={nodeWidth} height={nodeHeight} rx={6} />
        <text x={x + 10} y={y + 18}>
          {name}
        </text>
        <text x={x + 10} y={y + 35} className={classes.said}>
          {said}
        </text>
      </g>
    ))}
  </svg>
)
