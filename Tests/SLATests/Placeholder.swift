import SLA
