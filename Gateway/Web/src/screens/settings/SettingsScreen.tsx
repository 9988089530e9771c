export default function SettingsScreen(_: { id?: string; section?: string }) { return <div className="screen">SettingsScreen</div>; }
