import type { LoaderFunctionArgs } from 'react-router'
import { FollowList, loadFollows } from '../../components/user/FollowList.tsx'

export const loader = (args: LoaderFunctionArgs) => loadFollows('following', args)

export const Component = () => <FollowList which="following" />
