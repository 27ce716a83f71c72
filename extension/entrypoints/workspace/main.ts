import { mountWorkspace } from '../../ui/workspace/mount-workspace.tsx';

void mountWorkspace();
