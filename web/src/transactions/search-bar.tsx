import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { TRANSACTION_KINDS } from '#core/api/transaction-kinds.ts'
import { SearchIcon } from '../icons.tsx'
import { messageOf } from '../people/prepare-refusal.ts'
import { tokenOf } from './requests.ts'
import classes from './transactions.module.css'
import { words } from './words.ts'

export const SEARCHES = ['id', 'customer', 'product'] as const
export type SearchBy = (typeof SEARCHES)[number]
export type Kind = (typeof TRANSACTION_KINDS)[number]
export type Searched = {
  readonly by: SearchBy
  /** Of a customer: their token. */
  readonly q: string | undefined
  readonly kind: Kind | undefined
}

type Props = { readonly searched: Searched; readonly onSearch: (searched: Partial<Searched>) => void }

/** Finds lines of trade by what somebody has in the hand: an order's number, a customer, a product. */
export function SearchBar({ searched, onSearch }: Props) {
  const { by: searchedBy, q, kind } = searched
  const [by, setBy] = useState<SearchBy>(searchedBy)
  const [typed, setTyped] = useState(searchedBy === 'customer' ? '' : (q ?? ''))
  // Who a customer is goes to the engine and nowhere else: what stands in the address is their token.
  const meet = useMutation({
    mutationFn: tokenOf,
    // Of somebody whom nobody has met, what is on the page stays.
    onSuccess: (token) => token !== null && onSearch({ by: 'customer', q: token }),
  })
  const search = (event: FormEvent) => {
    event.preventDefault()
    const text = typed.trim()
    meet.reset()
    if (text === '') onSearch({ q: undefined })
    else if (by === 'customer') meet.mutate(text)
    else onSearch({ by, q: text })
  }
  const clear = () => {
    setTyped('')
    meet.reset()
    onSearch({ q: undefined, kind: undefined })
  }
  const isNobody = meet.data === null
  return (
    <search aria-label={words.search.label}>
      <form className={classes.search} onSubmit={search}>
        <NativeSelect
          aria-label={words.search.by}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value as SearchBy)}
          data={SEARCHES.map((value) => ({ value, label: words.search.bys[value] }))}
        />
        <TextInput
          className={classes.typed!}
          aria-label={words.search.bys[by]}
          placeholder={words.search.placeholders[by]}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={320}
        />
        <NativeSelect
          aria-label={words.search.kind}
          value={kind ?? ''}
          onChange={(event) => onSearch({ kind: (event.currentTarget.value || undefined) as Kind | undefined })}
          data={[
            { value: '', label: words.search.allKinds },
            ...TRANSACTION_KINDS.map((value) => ({ value, label: words.kinds[value] })),
          ]}
        />
        <Button
          type="submit"
          className={classes.primary!}
          leftSection={<SearchIcon size={16} />}
          loading={meet.isPending}
        >
          {words.search.does}
        </Button>
        {(q !== undefined || kind !== undefined) && (
          <Button variant="default" onClick={clear}>
            {words.search.clear}
          </Button>
        )}
      </form>
      {q !== undefined && (
        <p className={classes.chip}>
          {words.search.chip(words.search.bys[searchedBy], q)}
          {searchedBy === 'id' && <span className={classes.light}>{words.search.whole}</span>}
        </p>
      )}
      <p className={classes.fault} role="status" hidden={!isNobody && meet.error === null}>
        {isNobody ? words.search.nobody : meet.error === null ? '' : messageOf(meet.error)}
      </p>
    </search>
  )
}
