import { FileError } from './rows-of-file.ts'
import { words } from './words.ts'

/** The largest file, unpacked, that a page can hold; the command takes any. */
const MAX_CHARACTERS = 256 * 1024 * 1024

/**
 * The file's text, of gzip too whatever its name. `onBytes`: how many of the file's bytes were read.
 * @throws FileError when it is too large, or damaged gzip: what gzip unpacks is proved right at its end alone.
 */
export async function readText(file: Blob, onBytes: (bytes: number) => void): Promise<string> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer())
  const isGzip = first === 0x1f && second === 0x8b
  let read = 0
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      read += chunk.byteLength
      onBytes(read)
      controller.enqueue(chunk)
    },
  })
  const bytes = file.stream().pipeThrough(counted)
  const plain = isGzip ? bytes.pipeThrough(new DecompressionStream('gzip')) : bytes
  const decoder = new TextDecoder()
  const reader = plain.getReader()
  const texts: string[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      const text = decoder.decode(value, { stream: true })
      texts.push(text)
      length += text.length
      if (length > MAX_CHARACTERS) throw new FileError(words.tooLarge)
    }
  } catch (error) {
    if (error instanceof FileError) throw error
    throw new FileError(isGzip ? words.damaged : words.unreadableFile)
  }
  texts.push(decoder.decode())
  return texts.join('')
}
