import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Dialog } from '../people/dialog.tsx'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import { amountFault, type ProductFields, productListing, type StoreFields, storeListing } from './prepare-listing.ts'
import classes from './quality.module.css'
import { list, qualityQuery } from './requests.ts'
import type { Unlisted } from './unlisted-panel.tsx'
import { words } from './words.ts'

type Props = {
  readonly it: Unlisted
  /** The merchant's, or '' where it is not known. */
  readonly currency: string
  readonly onListed: (name: string) => void
  readonly onClose: () => void
}

const { fields: LABELS, hints: HINTS } = words.listing
type Fields = Readonly<Record<string, string>>

const PRODUCT: ProductFields = {
  title: '',
  category: '',
  brand: '',
  supplierId: '',
  price: '',
  unitCost: '',
  currency: '',
  packSize: '',
}
const STORE: StoreFields = {
  name: '',
  city: '',
  region: '',
  timeZone: '',
  currency: '',
  openingHours: '',
  sizeSqft: '',
}
/** What the engine calls a field that stands here under another name. */
const ALIASES = { basePriceMinor: 'price', unitCostMinor: 'unitCost' }

/** Says what a product or store is that was sold and is in no listing. */
export function ListingDialog({ it: { kind, id }, currency, onListed, onClose }: Props) {
  const client = useQueryClient()
  const isProduct = kind === 'product'
  const main = isProduct ? 'title' : 'name'
  const form = useForm<Fields>({
    initialValues: { ...(isProduct ? PRODUCT : STORE), currency },
    validate: (fields) => ({
      [main]: fields[main]!.trim() === '' ? words.listing.required(LABELS[main]) : null,
      ...(isProduct && {
        price: amountFault(fields.price!, fields.currency!),
        unitCost: amountFault(fields.unitCost!, fields.currency!),
      }),
    }),
  })
  const listing = useMutation({
    mutationFn: (fields: Fields) =>
      list(isProduct ? productListing(id, fields as ProductFields) : storeListing(id, fields as StoreFields)),
    onSuccess: (_, fields) => {
      onListed(fields[main]!.trim())
      for (const queryKey of [qualityQuery.queryKey, ['stores'], ['products']])
        void client.invalidateQueries({ queryKey })
      onClose()
    },
    onError: (error) => form.setErrors(prepareRefusal(error, LABELS, ALIASES).fields),
  })
  const whole = listing.error === null ? '' : prepareRefusal(listing.error, LABELS, ALIASES).message
  return (
    <Dialog title={isProduct ? words.listing.product(id) : words.listing.store(id)} onClose={onClose}>
      <form className={classes.form} noValidate onSubmit={form.onSubmit((fields) => listing.mutate(fields))}>
        <p>{words.listing.prose}</p>
        <div className={classes.fields}>
          {Object.keys(isProduct ? PRODUCT : STORE).map((name) => (
            <TextInput
              key={name}
              label={LABELS[name as keyof typeof LABELS]}
              description={HINTS[name]}
              required={name === main}
              data-autofocus={name === main || undefined}
              data-wide={name === main || undefined}
              autoComplete="off"
              inputMode={['price', 'unitCost', 'packSize', 'sizeSqft'].includes(name) ? 'decimal' : 'text'}
              {...form.getInputProps(name)}
            />
          ))}
        </div>
        {whole !== '' && (
          <p className={classes.fault} role="alert">
            {whole}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" className={classes.primary!} loading={listing.isPending}>
            {words.listing.does}
          </Button>
          <Button variant="default" onClick={onClose}>
            {words.listing.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
