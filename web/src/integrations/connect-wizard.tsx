import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState } from 'react'
import type { NewConnectionAnswer } from '#core/api/connections.ts'
import { useMay } from '../people/account-context.ts'
import { ChoiceField, FormEnd, PasswordField, TextField } from '../people/fields.tsx'
import form from '../people/people.module.css'
import { useSentForm } from '../people/use-sent-form.ts'
import { storesQuery } from '../reach/queries.ts'
import { Guide, SecretOnce } from './guide.tsx'
import classes from './integrations.module.css'
import { connectionsQuery, openConnection } from './requests.ts'
import { TestDelivery, WaitForFirst } from './test-delivery.tsx'
import { guideOf, type SourceName, words } from './words.ts'

type Props = { readonly onClose: () => void; readonly onOpen: (id: string) => void }
const STEPS = 4
const SOURCES = Object.keys(words.guides) as SourceName[]

/** From "where do orders come from" to the first of them, a step at a time. */
export function ConnectWizard({ onClose, onOpen }: Props) {
  const client = useQueryClient()
  const [source, setSource] = useState<SourceName>('shopify')
  const [step, setStep] = useState(1)
  const [made, setMade] = useState<NewConnectionAnswer | null>(null)
  const [isGiven, setIsGiven] = useState(false)
  const heading = useId()
  const guide = words.guides[source]
  const titles = [words.chooseSource, words.details, words.pasteTitle(guide.name), words.testTitle]
  return (
    <section className={classes.wizard} aria-labelledby={heading}>
      <header className={classes.wizardHead}>
        <h2 id={heading} tabIndex={-1} key={step} ref={step > 1 ? focused : undefined}>
          {titles[step - 1]}
        </h2>
        <p className={classes.light}>{words.step(step, STEPS)}</p>
        {made === null && (
          <button type="button" className={form.quiet} onClick={onClose}>
            {words.cancel}
          </button>
        )}
      </header>
      {step === 1 && (
        <>
          <SourceChoice source={source} onChoose={setSource} />
          <div className={form.actions}>
            <button type="button" className={form.primary} onClick={() => setStep(2)}>
              {words.next}
            </button>
          </div>
        </>
      )}
      {step === 2 && (
        <Details
          key={source}
          source={source}
          onBack={() => setStep(1)}
          onMade={(answer, given) => {
            setMade(answer)
            setIsGiven(given)
            setStep(3)
            void client.invalidateQueries({ queryKey: connectionsQuery.queryKey })
          }}
        />
      )}
      {step === 3 && made !== null && (
        <SecretOnce secret={isGiven ? null : made.secret} onKept={() => setStep(4)}>
          <Guide guide={guide} path={made.path} />
        </SecretOnce>
      )}
      {step === 4 && made !== null && (
        <>
          <TestDelivery id={made.id} />
          <WaitForFirst id={made.id} guide={guide} />
          <div className={form.actions}>
            <button type="button" className={form.primary} onClick={() => onOpen(made.id)}>
              {words.toConnection}
            </button>
            <button type="button" className={form.secondary} onClick={onClose}>
              {words.finish}
            </button>
          </div>
        </>
      )}
    </section>
  )
}

/** Each step is read from its heading on. */
const focused = (heading: HTMLHeadingElement | null): void => heading?.focus()

type ChoiceProps = { readonly source: SourceName; readonly onChoose: (source: SourceName) => void }

const SourceChoice = ({ source, onChoose }: ChoiceProps) => (
  <fieldset className={classes.sources} aria-label={words.chooseSource}>
    {SOURCES.map((each) => (
      <label key={each} className={classes.source} data-chosen={each === source || undefined}>
        <input type="radio" name="source" value={each} checked={each === source} onChange={() => onChoose(each)} />
        <span>
          <span className={classes.strong}>{words.guides[each].name}</span>
          <span className={classes.light}>{words.guides[each].about}</span>
        </span>
      </label>
    ))}
  </fieldset>
)

type DetailsProps = {
  readonly source: SourceName
  readonly onBack: () => void
  /** `given`: whether the secret is the person's own. */
  readonly onMade: (made: NewConnectionAnswer, given: boolean) => void
}

function Details({ source, onBack, onMade }: DetailsProps) {
  const guide = guideOf(source)!
  const mayStores = useMay('catalogue:read')
  const { data: stores = [] } = useQuery({ ...storesQuery, enabled: mayStores })
  const key = useRef(crypto.randomUUID())
  const list = useId()
  const isSecretNeeded = guide.secretFrom === 'source'
  const details = useSentForm({
    from: { label: words.labelOf(guide.name), storeId: '', secret: '', proof: guide.proofs[0]! },
    labels: words.labels,
    required: isSecretNeeded ? ['label', 'secret'] : ['label'],
    send: async ({ label, storeId, secret, proof }) => {
      const asked = {
        source,
        proof,
        label,
        ...(storeId !== '' && { storeId }),
        ...(secret !== '' && { secret }),
      }
      try {
        return { made: await openConnection(asked, key.current), given: secret !== '' }
      } catch (error) {
        // Another request needs another key.
        key.current = crypto.randomUUID()
        throw error
      }
    },
    onDone: ({ made, given }) => onMade(made, given),
  })
  return (
    <form ref={details.ref} className={`${form.form} ${classes.narrow}`} onSubmit={details.onSubmit} noValidate>
      <TextField form={details} name="label" label={words.label} hint={words.labelHint} autoComplete="off" />
      <TextField
        form={details}
        name="storeId"
        label={words.storeLabel}
        hint={guide.storeHint}
        list={list}
        autoComplete="off"
      />
      <datalist id={list}>
        {stores.map(({ storeId, name }) => (
          <option key={storeId} value={storeId}>
            {name}
          </option>
        ))}
      </datalist>
      {guide.proofs.length > 1 && (
        <ChoiceField
          form={details}
          name="proof"
          label={words.proofLabel}
          choices={guide.proofs.map((proof) => ({ value: proof, name: words.proofs[proof] ?? proof }))}
        />
      )}
      <PasswordField
        form={details}
        name="secret"
        label={isSecretNeeded ? words.secretLabel : words.secretLabelOptional}
        hint={guide.secretHint}
        autoComplete="off"
      />
      <FormEnd form={details} does={words.create}>
        <button type="button" className={form.secondary} onClick={onBack}>
          {words.backStep}
        </button>
      </FormEnd>
    </form>
  )
}
