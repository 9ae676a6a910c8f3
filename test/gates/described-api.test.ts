import { describe, expect, it } from 'vitest'
import { describedFiles, textNow } from '#test/describe/described.ts'

describe('what is made from declarations', async () => {
  it.each(await describedFiles())('$file is up to date: else `npm run describe`', ({ file, text }) => {
    expect(textNow(file) === text).toBe(true)
  })
})
