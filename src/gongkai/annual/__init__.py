"""The statutory annual report (条例 第四十九、五十条): its forms, and the report as read, audited and written."""
