import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { mentionCompletionsQuery } from '../../../queries/users/found-users.ts'

/** Debounce of the request while the user types, in ms. */
const DEBOUNCE_MS = 120

const NO_USERS: User[] = []

/** Returns a text as completion compares it: in lower case, without accents. */
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Returns the users whose handle or name starts with `prefix`; none without one. Filters the last response while the next is pending. */
export function useCompletion(prefix: string | undefined): User[] {
  const [requested, setRequested] = useState('')
  useEffect(() => {
    if (!prefix) return
    const timer = setTimeout(() => setRequested(prefix), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [prefix])
  const { data, isPlaceholderData } = useQuery({
    ...mentionCompletionsQuery(useApi(), requested),
    enabled: Boolean(prefix && requested),
    placeholderData: keepPreviousData,
  })
  if (!prefix || !data) return NO_USERS
  if (requested === prefix && !isPlaceholderData) return data.data
  return data.data.filter((user) =>
    [user.handle, user.display_name].some((name) => fold(name).startsWith(fold(prefix))),
  )
}
