import type { LoaderFunctionArgs } from 'react-router'
import { loadReactors, Reactors } from '../../components/activity/Reactors.tsx'

export const loader = (args: LoaderFunctionArgs) => loadReactors('likes', args)

export const Component = () => <Reactors which="likes" />
