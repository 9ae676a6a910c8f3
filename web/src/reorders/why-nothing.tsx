import { useQuery } from '@tanstack/react-query'
import { ProductChoice } from '../inventory/product-choice.tsx'
import { Panel } from '../panel/panel.tsx'
import { messageOf } from '../people/prepare-refusal.ts'
import { Arithmetic } from './arithmetic.tsx'
import { dayText, storeOf } from './prepare-reorders.ts'
import classes from './reorders.module.css'
import { reasonsQuery } from './requests.ts'
import { words } from './words.ts'

type Props = {
  readonly productId: string | undefined
  readonly currency: string
  readonly onChoose: (productId: string | undefined) => void
}

/** Store by store, why nothing of a product is proposed. */
export function WhyNothing({ productId, currency, onChoose }: Props) {
  const { data, error } = useQuery({ ...reasonsQuery(productId ?? ''), enabled: productId !== undefined })
  const shown = productId === undefined ? undefined : data
  return (
    <Panel id="why" title={words.whyTitle} about={words.whyAbout}>
      <div className={classes.why}>
        <div className={classes.whyChoice}>
          <ProductChoice productId={productId} product={shown?.title ?? undefined} onChoose={onChoose} />
        </div>
        {productId !== undefined && error !== null && <p role="alert">{messageOf(error)}</p>}
        {shown !== undefined && shown.items.length === 0 && <p>{words.whyNone}</p>}
        {shown !== undefined && shown.items.length > 0 && (
          <ul className={classes.reasons}>
            {shown.items.map((item) => (
              <li key={item.storeId}>
                <p>
                  <strong>{storeOf(item)}</strong> {words.reasons[item.reason]}{' '}
                  {item.orderOn !== null && words.orderAbout(dayText(item.orderOn))}
                </p>
                {item.lines.length > 0 && (
                  <details>
                    <summary>{words.arithmetic}</summary>
                    <Arithmetic lines={item.lines} currency={currency} />
                  </details>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}
