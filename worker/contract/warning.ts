import { CONTENT_WARNING_MAX } from './limits.ts'
import { text } from './text.ts'

/** Schema of a content warning: one line, shown instead of the text until a reader opens it. */
export const warning = text({
  blank: 'warning_blank',
  tooLong: 'warning_too_long',
  invalid: 'warning_invalid',
  max: CONTENT_WARNING_MAX,
  oneLine: true,
})
