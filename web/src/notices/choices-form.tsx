import { Checkbox, NativeSelect, Radio, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ChoicesAnswer } from '#core/api/notices.ts'
import { DoneIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { useAccount } from '../people/account-context.ts'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import { StoreChoice } from '../people/store-choice.tsx'
import { RefusedError } from '../reach/ask-engine.ts'
import { BrowserSwitch } from './browser-switch.tsx'
import classes from './notices-page.module.css'
import { type ChoiceFields, changeOf, fieldsOf } from './prepare-choices.ts'
import { changeChoices, choicesQuery } from './requests.ts'
import { TestButton } from './test-button.tsx'
import { words } from './words.ts'

export function ChoicesForm() {
  const asked = useQuery(choicesQuery)
  const { data } = asked
  const [began, setBegan] = useState<ChoicesAnswer | null>(null)
  // What somebody has begun to change is not changed under their fingers.
  const from = began ?? data
  if (from === undefined)
    return (
      <Panel id="what" title={words.title} state={panelStateOf(asked)}>
        {null}
      </Panel>
    )
  return <Form key={from.version} from={from} onBegin={setBegan} />
}

type FormProps = { readonly from: ChoicesAnswer; readonly onBegin: (answer: ChoicesAnswer) => void }

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
const ZONES = Intl.supportedValuesOf('timeZone')

function Form({ from, onBegin }: FormProps) {
  const client = useQueryClient()
  const { stores: ownStores, email } = useAccount()
  const form = useForm<ChoiceFields>({
    initialValues: fieldsOf(from.choices),
    validate: {
      kinds: (kinds, { channels }) => (kinds.length === 0 && channels.length > 0 ? words.noKind : null),
      stores: (stores) => (stores !== null && stores.length === 0 ? words.noStore : null),
      quietTo: (to, { quiet, quietFrom }) => (quiet && to === quietFrom ? words.sameHours : null),
    },
  })
  const { mutate, error, isPending, isSuccess, reset } = useMutation({
    mutationFn: (fields: ChoiceFields) => changeChoices({ ...changeOf(fields), version: from.version }),
    onSuccess: (answer) => {
      client.setQueryData(choicesQuery.queryKey, answer)
      onBegin(answer)
    },
    onError: (refused) => {
      const { fields } = prepareRefusal(refused, words.labels, { quietHours: 'quietHours' })
      form.setErrors({ ...fields, ...(fields.quietHours && { quietTo: fields.quietHours }) })
    },
  })
  const present = error instanceof RefusedError ? (error.present as ChoicesAnswer | undefined) : undefined
  const refusal = error === null || present !== undefined ? '' : prepareRefusal(error, words.labels).message
  const { values } = form
  const saved = useQuery({ ...choicesQuery, enabled: false }).data?.version === from.version && from.version > 0
  const toggle = (name: 'channels' | 'kinds', value: string, on: boolean) => {
    reset()
    const list: readonly string[] = values[name]
    form.setFieldValue(name, (on ? [...list, value] : list.filter((each) => each !== value)) as never)
  }
  return (
    <form className={classes.choices} noValidate onSubmit={form.onSubmit((fields) => mutate(fields))}>
      <Panel id="what" title={words.what} about={words.whatAbout}>
        <fieldset className={classes.fields}>
          <legend>{words.kinds}</legend>
          {from.kinds.map(({ kind, about }) => (
            <Checkbox
              key={kind}
              checked={values.kinds.includes(kind as ChoiceFields['kinds'][number])}
              label={words.kindName(kind)}
              description={about}
              onChange={(event) => toggle('kinds', kind, event.currentTarget.checked)}
            />
          ))}
          {form.errors.kinds !== undefined && <p className={classes.error}>{form.errors.kinds}</p>}
        </fieldset>
        <Radio.Group label={words.least} {...form.getInputProps('leastSeverity')} className={classes.group}>
          {(['WARNING', 'CRITICAL'] as const).map((value) => (
            <Radio key={value} value={value} label={words.leastChoices[value]} />
          ))}
        </Radio.Group>
        <StoreChoice
          legend={words.stores}
          rule="either"
          among={ownStores}
          chosen={values.stores}
          onChange={(stores) => form.setFieldValue('stores', stores && [...stores])}
          error={form.errors.stores as string | undefined}
        />
      </Panel>
      <Panel id="where" title={words.where} about={words.whereAbout}>
        <div className={classes.ways}>
          <div className={classes.way}>
            <Checkbox
              checked={values.channels.includes('email')}
              label={words.channels.email}
              description={from.emailAddress === null ? words.noAddress : words.emailTo(from.emailAddress)}
              onChange={(event) => toggle('channels', 'email', event.currentTarget.checked)}
            />
            <TestButton of={{ channel: 'email' }} name={words.channels.email} />
            {from.emailProblem !== null && <p className={classes.warning}>{words.emailProblem(from.emailProblem)}</p>}
            {email === null && (
              <TextInput
                label={words.address}
                description={words.addressHint}
                type="email"
                autoComplete="email"
                {...form.getInputProps('email')}
                className={classes.wide}
              />
            )}
          </div>
          <div className={classes.way}>
            <Checkbox
              checked={values.channels.includes('log')}
              label={words.channels.log}
              onChange={(event) => toggle('channels', 'log', event.currentTarget.checked)}
            />
            <TestButton of={{ channel: 'log' }} name={words.channels.log} />
          </div>
          <BrowserSwitch />
        </div>
      </Panel>
      <Panel id="when" title={words.when} about={words.whenAbout}>
        <div className={classes.fields}>
          <Switch label={words.quiet} {...form.getInputProps('quiet', { type: 'checkbox' })} />
          {values.quiet && (
            <div className={classes.pair}>
              <TextInput type="time" label={words.quietFrom} {...form.getInputProps('quietFrom')} />
              <TextInput type="time" label={words.quietTo} {...form.getInputProps('quietTo')} />
            </div>
          )}
          <NativeSelect
            label={words.digest}
            data={(['off', 'hourly', 'daily'] as const).map((value) => ({ value, label: words.digestChoices[value] }))}
            {...form.getInputProps('digest')}
          />
          {values.digest === 'daily' && (
            <NativeSelect
              label={words.digestHour}
              data={HOURS.map((hour) => ({ value: String(hour), label: words.hour(hour) }))}
              {...form.getInputProps('digestHour')}
            />
          )}
          <NativeSelect
            label={words.zone}
            data={[{ value: '', label: words.merchantZone }, ...ZONES.map((zone) => ({ value: zone, label: zone }))]}
            {...form.getInputProps('timeZone')}
          />
        </div>
      </Panel>
      <div className={classes.end}>
        {present !== undefined && (
          <div className={classes.conflict} role="alert">
            <p>{words.conflict}</p>
            <button type="button" className={classes.button} onClick={() => onBegin(present)}>
              {words.takeTheirs}
            </button>
          </div>
        )}
        {refusal !== '' && (
          <p className={classes.bad} role="alert">
            {refusal}
          </p>
        )}
        <button type="submit" className={classes.primary} disabled={isPending}>
          {words.save}
        </button>
        <span role="status" className={classes.said} data-unsaved={form.isDirty() || undefined}>
          {form.isDirty() ? (
            words.unsaved
          ) : isSuccess || saved ? (
            <>
              <DoneIcon /> {words.saved}
            </>
          ) : null}
        </span>
      </div>
    </form>
  )
}
