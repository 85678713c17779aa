import type { LoaderFunctionArgs } from 'react-router'
import { loadReactors, Reactors } from '../../components/activity/Reactors.tsx'

export const loader = (args: LoaderFunctionArgs) => loadReactors('reposts', args)

export const Component = () => <Reactors which="reposts" />
