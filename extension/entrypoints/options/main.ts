import { mountOptions } from '../../ui/mount-options.tsx';

void mountOptions();
