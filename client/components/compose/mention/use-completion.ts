import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { User } from '../../../../worker/contract/user.ts'
import { useApi } from '../../../app-context.tsx'
import { completedUsersQuery } from '../../../queries/suggested-users.ts'

/** A pause in typing after which people are asked for, ms. */
const PAUSE = 120

const NOBODY: User[] = []

/** People whose handle begins so; nobody without a prefix. What is known already is narrowed down while more is asked for. */
export function useCompletion(prefix: string | undefined): User[] {
  const [asked, setAsked] = useState('')
  useEffect(() => {
    if (!prefix) return
    const timer = setTimeout(() => setAsked(prefix), PAUSE)
    return () => clearTimeout(timer)
  }, [prefix])
  const { data } = useQuery({
    ...completedUsersQuery(useApi(), asked),
    enabled: Boolean(prefix && asked),
    placeholderData: keepPreviousData,
  })
  if (!prefix || !data) return NOBODY
  return data.data.filter(({ handle }) => handle.startsWith(prefix))
}
