import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useNow } from '../reach/use-now.ts'
import { prepareRefusal } from './prepare-refusal.ts'
import { words } from './words.ts'

/** What stands in a form's fields, by their names. */
type Values = Readonly<Record<string, unknown>>

type Options<V extends Values, T> = {
  /** What the form begins with. */
  readonly from: V
  /** What the fields are called in a sentence. */
  readonly labels: { readonly [name in keyof V]?: string }
  /** Fields of the engine's, by this form's name for them. */
  readonly aliases?: Readonly<Record<string, string>>
  /** These must not be empty. */
  readonly required?: readonly (keyof V & string)[]
  /** What else is wrong before it is sent, by field. */
  readonly check?: (values: V) => Readonly<Record<string, string>>
  /** Texts come without spaces around them, but for passwords: these begin and end where their person says. */
  readonly send: (values: V) => Promise<T>
  readonly onDone?: (answer: T, values: V) => unknown
  /** Where the focus goes when no field is at fault. */
  readonly focusIfRefused?: keyof V & string
}

/** What fields and the button that sends them need of a form. */
export type SentForm = {
  readonly ref: RefObject<HTMLFormElement | null>
  readonly onSubmit: (event: FormEvent<HTMLFormElement>) => void
  /** What Mantine's inputs are given, with what is wrong with the field. */
  readonly inputOf: (name: string) => { readonly name: string; readonly error?: ReactNode }
  readonly errorOf: (name: string) => string | undefined
  /** Why it was refused, where that belongs to no field; '': it was not. */
  readonly message: string
  readonly error: Error | null
  readonly busy: boolean
  /** Seconds until it may be sent again; 0: now. */
  readonly waitSeconds: number
  readonly isDirty: boolean
}

/** A form that sends what stands in its fields to the engine, says at each field what is wrong with it, and loses nothing that was typed. */
export function useSentForm<V extends Values, T>(options: Options<V, T>) {
  const { from, labels, aliases, required = [], check, send, onDone, focusIfRefused } = options
  const ref = useRef<HTMLFormElement>(null)
  const [message, setMessage] = useState('')
  const [wait, setWait] = useState<{ readonly seconds: number; readonly fromMs: number } | null>(null)
  const [refusals, setRefusals] = useState(0)
  const fields = useForm<V>({
    initialValues: from,
    validate: (values) => ({ ...missingIn(values, required, labels), ...check?.(values) }),
  })
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (values: V) => send(values),
    onError: (refused) => {
      const {
        fields: faults,
        message: why,
        waitSeconds,
      } = prepareRefusal(refused, labels as Readonly<Record<string, string>>, aliases)
      fields.setErrors(faults)
      setMessage(why)
      if (waitSeconds !== null) setWait({ seconds: waitSeconds, fromMs: Date.now() })
      setRefusals((before) => before + 1)
    },
    ...(onDone !== undefined && { onSuccess: (answer: T, values: V) => void onDone(answer, values) }),
  })
  useFocusOnRefusal(ref, refusals, focusIfRefused)
  const waitSeconds = useWait(wait)
  const submit = fields.onSubmit(
    (values) => {
      setMessage('')
      mutate(trimmed(values))
    },
    () => setRefusals((before) => before + 1),
  )
  const form: SentForm = {
    ref,
    onSubmit: (event) => {
      event.preventDefault()
      if (!isPending && waitSeconds === 0) submit(event)
    },
    inputOf: (name) => ({ name, ...fields.getInputProps(name as Parameters<typeof fields.getInputProps>[0]) }),
    errorOf: (name) => fields.errors[name] as string | undefined,
    message,
    error,
    busy: isPending,
    waitSeconds,
    isDirty: fields.isDirty(),
  }
  const set = <N extends keyof V & string>(name: N, value: V[N]) => {
    fields.setFieldValue(name as Parameters<typeof fields.setFieldValue>[0], value as never)
    fields.clearFieldError(name as Parameters<typeof fields.clearFieldError>[0])
  }
  /** Begins anew with other values, as if nothing had been typed. */
  const begin = (values: V) => {
    fields.setInitialValues(values)
    fields.setValues(values)
    fields.resetDirty(values)
    fields.clearErrors()
    setMessage('')
    reset()
  }
  return { ...form, values: fields.values, set, begin }
}

const missingIn = <V extends Values>(
  values: V,
  required: readonly (keyof V & string)[],
  labels: { readonly [name in keyof V]?: string },
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    required.filter((name) => values[name] === '').map((name) => [name, words.missing(labels[name] ?? name)]),
  )

const trimmed = <V extends Values>(values: V): V =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && !/password/i.test(name) ? value.trim() : value,
    ]),
  ) as V

/** The first field that is at fault gets the focus. */
function useFocusOnRefusal(
  form: RefObject<HTMLFormElement | null>,
  refusals: number,
  otherwise: string | undefined,
): void {
  useEffect(() => {
    if (refusals === 0) return
    const atFault = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    const other = otherwise === undefined ? null : form.current?.querySelector<HTMLElement>(`[name="${otherwise}"]`)
    const field = atFault ?? other
    field?.focus()
    if (field instanceof HTMLInputElement) field.select()
  }, [form, refusals, otherwise])
}

/** Counts down. */
function useWait(wait: { readonly seconds: number; readonly fromMs: number } | null): number {
  const nowMs = useNow()
  if (wait === null) return 0
  return Math.max(0, Math.ceil((wait.fromMs + wait.seconds * 1000 - Math.max(nowMs, wait.fromMs)) / 1000))
}
