import { TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { type UseQueryResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { NoticeWebhookItem } from '#core/api/notices.ts'
import { CopyLine } from '../frame/copy-line.tsx'
import { AddIcon } from '../icons.tsx'
import { Panel } from '../panel/panel.tsx'
import { panelStateOf } from '../panel/panel-state.ts'
import { Confirm } from '../people/confirm.tsx'
import { Dialog } from '../people/dialog.tsx'
import { prepareRefusal } from '../people/prepare-refusal.ts'
import classes from './notices-page.module.css'
import { addWebhook, removeWebhook, webhooksQuery } from './requests.ts'
import { TestButton } from './test-button.tsx'
import { words } from './words.ts'

type Props = { readonly asked: UseQueryResult<{ readonly items: readonly NoticeWebhookItem[] }> }

/** Where the merchant has alerts posted to. */
export function Webhooks({ asked }: Props) {
  const client = useQueryClient()
  const [adding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<NoticeWebhookItem | null>(null)
  const lookAgain = () => client.invalidateQueries({ queryKey: webhooksQuery.queryKey })
  const items = asked.data?.items ?? []
  const add = (
    <button type="button" className={classes.button} onClick={() => setAdding(true)}>
      <AddIcon /> {words.addWebhook}
    </button>
  )
  return (
    <>
      <Panel
        id="webhooks"
        title={words.webhooks}
        about={words.webhooksAbout}
        state={panelStateOf(asked)}
        actions={items.length > 0 ? add : undefined}
        empty={items.length === 0 ? { ...words.noWebhooks, action: add } : undefined}
      >
        <ul className={classes.lines}>
          {items.map((item) => (
            <li key={item.id} className={classes.line}>
              <div className={classes.lineMain}>
                <p>
                  <strong>{item.label}</strong>{' '}
                  <span className={classes.light}>{item.isSigned ? '' : words.ofSetting}</span>
                </p>
                <p className={classes.address}>{item.url}</p>
                {item.status === 'disabled' && <p className={classes.error}>{words.disabled}</p>}
              </div>
              <TestButton of={{ webhook: item.id }} name={item.label} />
              {item.isSigned && (
                <button
                  type="button"
                  className={classes.button}
                  aria-label={words.removeOf(item.label)}
                  onClick={() => setRemoving(item)}
                >
                  {words.remove}
                </button>
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {adding && <NewWebhook onMade={lookAgain} onClose={() => setAdding(false)} />}
      {removing !== null && (
        <Confirm
          title={words.removeTitle(removing.label)}
          does={words.remove}
          run={() => removeWebhook(removing.id)}
          onDone={async () => {
            await lookAgain()
            setRemoving(null)
          }}
          onClose={() => setRemoving(null)}
        >
          <p>{words.removeMeans}</p>
        </Confirm>
      )}
    </>
  )
}

type NewProps = { readonly onMade: () => unknown; readonly onClose: () => void }

function NewWebhook({ onMade, onClose }: NewProps) {
  const form = useForm({ initialValues: { url: '', label: '' } })
  // The same request sent again makes no second one.
  const [key] = useState(() => crypto.randomUUID())
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: ({ url, label }: typeof form.values) =>
      addWebhook({ url: url.trim(), ...(label.trim() !== '' && { label: label.trim() }) }, `${key} ${url} ${label}`),
    onSuccess: () => void onMade(),
    onError: (refused) => form.setErrors(prepareRefusal(refused, words.webhookLabels).fields),
  })
  if (data !== undefined)
    return (
      <Dialog title={words.secretTitle} onClose={onClose}>
        <p>{words.secretMeans}</p>
        <CopyLine lines={[data.secret]} />
        <div className={classes.actions}>
          <button type="button" className={classes.primary} onClick={onClose}>
            {words.haveIt}
          </button>
        </div>
      </Dialog>
    )
  const refusal = error === null ? '' : prepareRefusal(error, words.webhookLabels).message
  return (
    <Dialog title={words.addWebhook} onClose={onClose}>
      <form className={classes.fields} noValidate onSubmit={form.onSubmit((fields) => mutate(fields))}>
        <TextInput
          label={words.url}
          placeholder={words.urlHint}
          type="url"
          inputMode="url"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('url')}
        />
        <TextInput
          label={words.label}
          description={words.labelHint}
          autoComplete="off"
          {...form.getInputProps('label')}
        />
        {refusal !== '' && (
          <p className={classes.bad} role="alert">
            {refusal}
          </p>
        )}
        <div className={classes.actions}>
          <button type="submit" className={classes.primary} disabled={isPending}>
            {words.add}
          </button>
          <button type="button" className={classes.button} onClick={onClose}>
            {words.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}
