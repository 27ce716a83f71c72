import { mountImport } from '../../ui/mount-import.tsx';

void mountImport('popup');
